import { useState } from 'react';
import { Button } from './button.tsx';
import { ErrorState } from './states.tsx';

interface LoadMoreProps {
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  /** Fetches the page after the cursor. */
  load: (after: string) => Promise<unknown>;
}

export function LoadMore({ pageInfo, load }: LoadMoreProps) {
  const [isLoading, setLoading] = useState(false);
  const [error, setError] = useState<unknown>();
  const { hasNextPage, endCursor } = pageInfo;
  if (!hasNextPage || endCursor === null) return null;

  // The page's query does not show the error: to Apollo's client, what was loaded before stands.
  async function loadNext(after: string): Promise<void> {
    setLoading(true);
    setError(undefined);
    await load(after).catch((reason: unknown) => setError(reason));
    setLoading(false);
  }

  return (
    <div className="mt-3 text-center">
      {error !== undefined && <ErrorState error={error} />}
      <Button disabled={isLoading} onClick={() => void loadNext(endCursor)}>
        {isLoading ? 'Loading…' : 'Load more'}
      </Button>
    </div>
  );
}
