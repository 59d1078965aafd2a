/**
 * The signed-in session: an access token and its end, kept in sessionStorage so that it lives as
 * long as the tab and is never shared with another site or written to disk for good.
 * A session that ends leaves a reason behind, which the sign-in page says.
 */
export interface Session {
  accessToken: string;
  /** ISO 8601. */
  expiresAt: string;
}

export type SessionEnd = 'signed-out' | 'expired' | 'refused';

export interface SessionState {
  session: Session | null;
  endedBecause: SessionEnd | null;
}

export type SessionStore = ReturnType<typeof createSessionStore>;

const storageKey = 'tributary.session';
/** The server's clock may be ahead: what it refuses this close to the end has expired. */
const expiryTolerance = 60_000;

export function createSessionStore(storage: Storage) {
  const listeners = new Set<() => void>();
  let expiry: ReturnType<typeof setTimeout> | undefined;
  let state = initialState(storage);
  watchExpiry();

  function replace(next: SessionState): void {
    state = next;
    if (next.session) storage.setItem(storageKey, JSON.stringify(next.session));
    else storage.removeItem(storageKey);
    watchExpiry();
    for (const listener of listeners) listener();
  }

  function watchExpiry(): void {
    clearTimeout(expiry);
    if (!state.session) return;
    expiry = setTimeout(() => store.end('expired'), Math.max(0, remaining(state.session)));
  }

  const store = {
    current: (): SessionState => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    begin(session: Session): void {
      replace({ session, endedBecause: null });
    },
    /** Does nothing when no session is open, so that late refusals don't overwrite the reason. */
    end(reason: SessionEnd): void {
      if (!state.session) return;
      const hasExpired = reason === 'refused' && remaining(state.session) < expiryTolerance;
      replace({ session: null, endedBecause: hasExpired ? 'expired' : reason });
    },
  };
  return store;
}

function initialState(storage: Storage): SessionState {
  const session = readSession(storage);
  if (session && remaining(session) <= 0) return { session: null, endedBecause: 'expired' };
  return { session, endedBecause: null };
}

/** Milliseconds until the session ends. */
function remaining({ expiresAt }: Session): number {
  return Date.parse(expiresAt) - Date.now();
}

function readSession(storage: Storage): Session | null {
  try {
    const stored: unknown = JSON.parse(storage.getItem(storageKey) ?? 'null');
    return isSession(stored) ? stored : null;
  } catch {
    return null;
  }
}

function isSession(value: unknown): value is Session {
  return (
    typeof value === 'object' &&
    value !== null &&
    'accessToken' in value &&
    typeof value.accessToken === 'string' &&
    'expiresAt' in value &&
    typeof value.expiresAt === 'string'
  );
}
