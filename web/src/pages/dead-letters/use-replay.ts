import { useMutation } from '@apollo/client/react';
import { replayDeadLetterMutation } from './dead-letter-documents.ts';
import { parseEvent } from './original-json.ts';

/** Sends a dead letter through the pipeline again, as it was or as edited. */
export function useReplay(id: string) {
  const [mutate, { data, loading, error, reset }] = useMutation(replayDeadLetterMutation);
  return {
    loading,
    error,
    userErrors: data?.replayDeadLetter.userErrors ?? [],
    reset,
    replay: () => void send({ id }),
    /** @returns what is wrong with the text, where it is no JSON and was not sent. */
    replayEdited(text: string): string | undefined {
      const parsed = parseEvent(text);
      if (!parsed.ok) return parsed.message;
      void send({ id, event: parsed.event });
    },
  };

  /** Errors are in the mutation's result. */
  async function send(input: { id: string; event?: unknown }): Promise<void> {
    await mutate({ variables: { input } }).catch(() => {});
  }
}
