import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import type { DeadLetterFilter } from '../../generated/graphql.ts';
import { discardDeadLettersMutation, replayDeadLettersMutation } from './dead-letter-documents.ts';

const refetchQueries = ['DeadLetters', 'DeadLetterGroups'];

/** Replays or discards all letters of a cause. */
export function useGroupActions(filter: DeadLetterFilter) {
  const [done, setDone] = useState<string>();
  const [runReplay, replaying] = useMutation(replayDeadLettersMutation, { refetchQueries });
  const [runDiscard, discarding] = useMutation(discardDeadLettersMutation, { refetchQueries });
  const refusals = [
    ...(replaying.data?.replayDeadLetters.userErrors ?? []),
    ...(discarding.data?.discardDeadLetters.userErrors ?? []),
  ];

  /** A call takes 10,000 letters at most. */
  async function replayAll(): Promise<void> {
    let [replayed, stillBad, hasMore] = [0, 0, true];
    while (hasMore) {
      const { data } = await runReplay({ variables: { input: { filter } } });
      const counts = data?.replayDeadLetters;
      replayed += counts?.replayed ?? 0;
      stillBad += counts?.stillBad ?? 0;
      // What is still bad stays open and would come again.
      hasMore = counts?.hasMore === true && counts.replayed > 0;
    }
    const rest = stillBad > 0 ? ` ${stillBad} would still be refused.` : '';
    setDone(`${replayed} sent through the pipeline again.${rest}`);
  }

  return {
    done,
    error: replaying.error ?? discarding.error,
    refusals: refusals.map(({ message }) => message),
    isBusy: replaying.loading || discarding.loading,
    // Failures of the connection are in `error`.
    replay: () => void replayAll().catch(() => {}),
    async discard(reason: string): Promise<void> {
      const variables = { input: { filter, reason } };
      const { data } = await runDiscard({ variables }).catch(() => ({ data: undefined }));
      const discarded = data?.discardDeadLetters.discarded ?? 0;
      if (discarded > 0) setDone(`${discarded} discarded.`);
    },
  };
}
