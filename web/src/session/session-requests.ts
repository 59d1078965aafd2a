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
      oneTabAtATime(async () => {
        const response = await post('refresh');
        if (response.status === 401 || response.status === 403) return null;
        if (!response.ok) throw new Error(`Refreshing was answered with ${response.status}.`);
        const { accessToken, expiresAt }: Session = await response.json();
        return { accessToken, expiresAt };
      }),
    async keep(accessToken) {
      await post('cookie', { authorization: `Bearer ${accessToken}` });
    },
    async signOut() {
      await post('sign-out');
    },
  };
}

/** Where the browser offers no locks, the server's grace for tabs that refresh at once is enough. */
function oneTabAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
  if (!('locks' in navigator)) return work();
  return navigator.locks.request('tributary.refresh', work);
}
