import { useState } from 'react';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

/** Asks again, for pages whose figures nothing pushes. */
export function RefreshButton({ refresh }: { refresh: () => Promise<unknown> }) {
  const [isRefreshing, setRefreshing] = useState(false);
  return (
    <Button
      disabled={isRefreshing}
      onClick={() => {
        setRefreshing(true);
        // The page's query shows the error.
        refresh()
          .catch(() => {})
          .finally(() => setRefreshing(false));
      }}
    >
      <Icon
        name="refresh"
        className={`size-3.5 ${isRefreshing ? 'motion-safe:animate-spin' : ''}`}
      />
      Refresh
    </Button>
  );
}
