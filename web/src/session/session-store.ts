/**
 * The signed-in session. The access token is kept in memory only; what outlives a reload is the
 * refresh token in a cookie out of scripts' reach. A session renews itself before its token ends.
 * A session that ends leaves a reason behind, which the sign-in page says.
 */
import type { Session } from './session.ts';
import type { SessionRequests } from './session-requests.ts';

export type SessionEnd = 'signed-out' | 'expired';

export interface SessionState {
  session: Session | null;
  endedBecause: SessionEnd | null;
}

export type SessionStore = ReturnType<typeof createSessionStore>;

/** Says that there is a cookie, so that nobody else's page load asks for a session in vain. */
const hintKey = 'tributary.signed-in';
/** A token is renewed this long before it ends, so that a slow answer is still in time. */
const renewBefore = 60_000;
/** When nobody answered, the next try. */
const retryAfter = 15_000;
/** setTimeout's longest. */
const longestTimeout = 2 ** 31 - 1;

export function createSessionStore(dependencies: { hints: Storage; requests: SessionRequests }) {
  const { hints, requests } = dependencies;
  const listeners = new Set<() => void>();
  let state: SessionState = { session: null, endedBecause: null };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let renewing: Promise<boolean> | undefined;

  function replace(next: SessionState): void {
    state = next;
    if (next.session) hints.setItem(hintKey, '1');
    else hints.removeItem(hintKey);
    if (next.session) wakeIn(remaining(next.session) - renewBefore);
    else clearTimeout(timer);
    for (const listener of listeners) listener();
  }

  function wakeIn(milliseconds: number): void {
    clearTimeout(timer);
    const wait = Math.min(Math.max(milliseconds, 0), longestTimeout);
    timer = setTimeout(() => void store.renew(), wait);
  }

  /** Null without a session; undefined when nobody answered. */
  const refresh = () => requests.refresh().catch(() => undefined);

  async function renewOnce(): Promise<boolean> {
    const session = await refresh();
    // What comes late does not undo signing out.
    if (!state.session) return false;
    if (session) replace({ session, endedBecause: null });
    else if (session === null) store.end('expired');
    else wakeIn(retryAfter);
    return Boolean(session);
  }

  const store = {
    current: (): SessionState => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Goes on with the session of this browser, if there is one. */
    async restore(): Promise<void> {
      if (hints.getItem(hintKey) === null) return;
      const session = await refresh();
      if (session) replace({ session, endedBecause: null });
      else if (session === null) replace({ session: null, endedBecause: 'expired' });
    },
    /** Goes on with a session that was opened by a cookie, at a provider; false when there is none. */
    async arrive(): Promise<boolean> {
      const session = await refresh();
      replace({ session: session ?? null, endedBecause: session ? null : 'expired' });
      return Boolean(session);
    },
    /** A session that was just opened. It lives as long as this page if it cannot be kept. */
    begin(session: Session): void {
      replace({ session, endedBecause: null });
      requests.keep(session.accessToken).catch(() => {});
    },
    /** The same session with another token, e.g. for another workspace. */
    change(session: Session): void {
      replace({ session, endedBecause: null });
    },
    /** Gets the next access token, once for all who ask at the same time; false when there is none. */
    renew(): Promise<boolean> {
      renewing ??= renewOnce().finally(() => {
        renewing = undefined;
      });
      return renewing;
    },
    /** Over here first: the server then closes the socket, which is no news to whoever signed out. */
    async signOut(): Promise<void> {
      store.end('signed-out');
      await requests.signOut().catch(() => {});
    },
    /** Does nothing when no session is open, so that what comes late doesn't overwrite the reason. */
    end(reason: SessionEnd): void {
      if (state.session) replace({ session: null, endedBecause: reason });
    },
    /** Another tab of this browser signed out. */
    follow({ key, newValue }: Pick<StorageEvent, 'key' | 'newValue'>): void {
      if (key === hintKey && newValue === null) store.end('signed-out');
    },
  };
  return store;
}

/** Milliseconds until the token ends. */
function remaining({ expiresAt }: Session): number {
  return Date.parse(expiresAt) - Date.now();
}
