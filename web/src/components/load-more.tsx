import { useState } from 'react';
import { Button } from './button.tsx';

interface LoadMoreProps {
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  /** Fetches the page after the cursor. */
  load: (after: string) => Promise<unknown>;
}

export function LoadMore({ pageInfo, load }: LoadMoreProps) {
  const [isLoading, setLoading] = useState(false);
  const { hasNextPage, endCursor } = pageInfo;
  if (!hasNextPage || endCursor === null) return null;
  return (
    <div className="mt-3 text-center">
      <Button
        disabled={isLoading}
        onClick={() => {
          setLoading(true);
          // The page's query shows the error.
          load(endCursor)
            .catch(() => {})
            .finally(() => setLoading(false));
        }}
      >
        {isLoading ? 'Loading…' : 'Load more'}
      </Button>
    </div>
  );
}
