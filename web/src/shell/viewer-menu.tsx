import { Button } from '../components/button.tsx';
import type { ViewerQuery } from '../generated/graphql.ts';
import { useSessionStore } from '../session/session-context.ts';

export type Viewer = ViewerQuery['viewer'] | undefined;

/** Who is signed in, and the way out. */
export function ViewerMenu({ viewer }: { viewer: Viewer }) {
  const session = useSessionStore();
  return (
    <div className="px-4 py-3 text-[13px]">
      <p className="truncate font-medium">{viewer?.name}</p>
      <p className="truncate text-muted">{viewer?.email}</p>
      <Button className="mt-3 w-full" onClick={() => session.end('signed-out')}>
        Sign out
      </Button>
    </div>
  );
}
