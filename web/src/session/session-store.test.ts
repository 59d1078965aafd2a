import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Session } from './session.ts';
import { createSessionStore } from './session-store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const tokenOf = (accessToken: string): Session => ({ accessToken, expiresAt: inAnHour() });

/** A store whose server answers refreshes with what is in `answers`, in turn; an error when none is left. */
function createStore(answers: (Session | null)[] = [], hints = memoryStorage()) {
  const kept: string[] = [];
  const ends: (string | null)[] = [];
  let refreshes = 0;
  const store = createSessionStore({
    hints,
    requests: {
      async refresh() {
        refreshes += 1;
        const answer = answers.shift();
        if (answer === undefined) throw new Error('nobody answers');
        return answer;
      },
      keep: async (token) => void kept.push(token),
      signOut: async () => void ends.push(store.current().endedBecause),
    },
  });
  return { store, hints, kept, ends, refreshes: () => refreshes };
}

test('a session is kept when it begins, and no token is left where another page could read it', () => {
  const { store, hints, kept } = createStore();
  store.begin(tokenOf('secret'));
  expect(kept).toEqual(['secret']);
  const stored = Array.from({ length: hints.length }, (_, index) => hints.key(index) ?? '');
  expect(stored.map((key) => hints.getItem(key)).join()).not.toContain('secret');
});

test('a session outlives a reload of the page', async () => {
  const hints = memoryStorage();
  createStore([], hints).store.begin(tokenOf('before'));
  const { store } = createStore([tokenOf('after')], hints);
  await store.restore();
  expect(store.current().session?.accessToken).toBe('after');
});

test('whoever was never signed in asks for no session', async () => {
  const { store, refreshes } = createStore([tokenOf('somebody')]);
  await store.restore();
  expect(refreshes()).toBe(0);
  expect(store.current()).toEqual({ session: null, endedBecause: null });
});

test('whoever comes back from a provider goes on with the session that was opened there', async () => {
  const { store, hints } = createStore([tokenOf('opened there'), null]);
  expect(await store.arrive()).toBe(true);
  expect(store.current().session?.accessToken).toBe('opened there');
  expect(hints).toHaveLength(1);
  expect(await store.arrive()).toBe(false);
  expect(store.current()).toEqual({ session: null, endedBecause: 'expired' });
});

test('a token is renewed before it ends, once for all who ask', async () => {
  const { store, refreshes } = createStore([tokenOf('second'), tokenOf('third')]);
  store.begin(tokenOf('first'));
  await vi.advanceTimersByTimeAsync(3_540_000);
  expect(store.current().session?.accessToken).toBe('second');
  await Promise.all([store.renew(), store.renew(), store.renew()]);
  expect(store.current().session?.accessToken).toBe('third');
  expect(refreshes()).toBe(2);
});

test('a session that the server ended says so and leaves no hint behind', async () => {
  const { store, hints } = createStore([null]);
  store.begin(tokenOf('first'));
  expect(await store.renew()).toBe(false);
  store.end('signed-out');
  expect(store.current()).toEqual({ session: null, endedBecause: 'expired' });
  expect(hints).toHaveLength(0);
});

test('while nobody answers the session goes on, and is renewed a little later', async () => {
  const answers: (Session | null)[] = [];
  const { store } = createStore(answers);
  store.begin(tokenOf('first'));
  expect(await store.renew()).toBe(false);
  expect(store.current().session?.accessToken).toBe('first');
  answers.push(tokenOf('second'));
  await vi.advanceTimersByTimeAsync(15_000);
  expect(store.current().session?.accessToken).toBe('second');
});

test('whoever signs out is out before the server says so', async () => {
  const { store, ends } = createStore();
  store.begin(tokenOf('first'));
  await store.signOut();
  expect(ends).toEqual(['signed-out']);
});

test('a renewal that was on its way does not undo signing out', async () => {
  for (const answer of [tokenOf('second'), null]) {
    const { store, hints } = createStore([answer]);
    store.begin(tokenOf('first'));
    const renewal = store.renew();
    await store.signOut();
    expect(await renewal).toBe(false);
    expect(store.current()).toEqual({ session: null, endedBecause: 'signed-out' });
    expect(hints).toHaveLength(0);
  }
});

test('signing out in one tab signs out the others', () => {
  const { store } = createStore();
  store.begin(tokenOf('first'));
  store.follow({ key: 'another', newValue: null });
  expect(store.current().session).not.toBeNull();
  store.follow({ key: 'tributary.signed-in', newValue: null });
  expect(store.current()).toEqual({ session: null, endedBecause: 'signed-out' });
});

function memoryStorage(): Storage {
  const entries = new Map<string, string>();
  return {
    get length() {
      return entries.size;
    },
    clear: () => entries.clear(),
    getItem: (key) => entries.get(key) ?? null,
    key: (index) => [...entries.keys()][index] ?? null,
    removeItem: (key) => void entries.delete(key),
    setItem: (key, value) => void entries.set(key, value),
  };
}
