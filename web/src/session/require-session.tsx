import { Navigate, Outlet, useLocation } from 'react-router';
import { useSession } from './session-context.ts';

/** Shows its routes to signed-in people; others sign in first and come back to where they were. */
export function RequireSession() {
  const { session } = useSession();
  const { pathname, search, hash } = useLocation();
  if (session) return <Outlet />;
  return <Navigate to="/sign-in" replace state={{ from: pathname + search + hash }} />;
}
