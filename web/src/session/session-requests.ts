/** The REST edge of sessions. The refresh token is in a cookie that this page's scripts never see. */
import type { Session } from './session.ts';

export interface SessionRequests {
  /** The next access token; null when there is no session any more. @throws when nobody answers. */
  refresh(): Promise<Session | null>;
  /** Has the refresh token of a new session put into the cookie. */
  keep(accessToken: string): Promise<void>;
  signOut(): Promise<void>;
}

/** Tells our requests from those that another site's page makes this browser send. */
const ownPage = { 'x-tributary-client': 'web' };

export function createSessionRequests(): SessionRequests {
  const post = (path: string, headers: Record<string, string> = {}) =>
    fetch(`/auth/${path}`, { method: 'POST', headers: { ...ownPage, ...headers } });

  return {
    refresh: () =>
      inTurn(async () => {
        const response = await post('refresh');
        if (response.status === 401 || response.status === 403) return null;
        if (!response.ok) throw new Error(`Refreshing was answered with ${response.status}.`);
        const { accessToken, expiresAt }: Session = await response.json();
        return { accessToken, expiresAt };
      }),
    keep: (accessToken) =>
      inTurn(async () => {
        await post('cookie', { authorization: `Bearer ${accessToken}` });
      }),
    signOut: () =>
      inTurn(async () => {
        await post('sign-out');
      }),
  };
}

let last: Promise<unknown> = Promise.resolve();

/**
 * What sets or clears the cookie goes one after the other, in all tabs of the browser: signing out
 * needs the cookie that is just being kept, and must not clear that of the next session. Where the
 * browser offers no locks, it is so in this tab, and the server's grace is enough for others.
 */
function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if ('locks' in navigator) return navigator.locks.request('tributary.cookie', work);
  const turn = last.then(work);
  last = turn.catch(() => {});
  return turn;
}
