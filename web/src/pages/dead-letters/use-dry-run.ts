import { useLazyQuery } from '@apollo/client/react';
import { dryRunQuery } from './dead-letter-documents.ts';
import { parseEvent } from './original-json.ts';

/** What replaying a dead letter would come to, without replaying it. */
export function useDryRun(id: string) {
  const [run, { data, error, loading }] = useLazyQuery(dryRunQuery, { fetchPolicy: 'no-cache' });
  return {
    preview: data?.dryRunDeadLetter.event,
    refusals: (data?.dryRunDeadLetter.userErrors ?? []).map(({ message }) => message),
    error,
    loading,
    /** @returns what is wrong with the text, where it is no JSON and was not tried. */
    tryEdited(text: string): string | undefined {
      const parsed = parseEvent(text);
      if (!parsed.ok) return parsed.message;
      // Errors are in the query's result.
      void run({ variables: { input: { id, event: parsed.event } } }).catch(() => {});
    },
  };
}
