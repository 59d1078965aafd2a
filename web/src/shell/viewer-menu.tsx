import { Button } from '../components/button.tsx';
import { ButtonLink } from '../components/button-link.tsx';
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
      <div className="mt-3 grid gap-2">
        <ButtonLink to="/account">Account</ButtonLink>
        <ButtonLink to="/members">Members</ButtonLink>
        <ButtonLink to="/api-clients">API clients</ButtonLink>
        <ButtonLink to="/audit">Audit log</ButtonLink>
      </div>
      <Button className="mt-2 w-full" onClick={() => void session.signOut()}>
        Sign out
      </Button>
    </div>
  );
}
