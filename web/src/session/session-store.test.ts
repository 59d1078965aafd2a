import { expect, test, vi } from 'vitest';
import { createSessionStore } from './session-store.ts';

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

test('a session outlives a reload of the page', () => {
  const storage = memoryStorage();
  createSessionStore(storage).begin({ accessToken: 'token', expiresAt: inAnHour() });
  expect(createSessionStore(storage).current().session?.accessToken).toBe('token');
});

test('a session that ends leaves its first reason and no token behind', () => {
  const storage = memoryStorage();
  const store = createSessionStore(storage);
  store.begin({ accessToken: 'token', expiresAt: inAnHour() });
  store.end('refused');
  store.end('expired');
  expect(store.current()).toEqual({ session: null, endedBecause: 'refused' });
  expect(createSessionStore(storage).current().session).toBeNull();
});

test('a session ends by itself when its token expires', () => {
  vi.useFakeTimers();
  const store = createSessionStore(memoryStorage());
  const changed = vi.fn();
  store.subscribe(changed);
  store.begin({ accessToken: 'token', expiresAt: inAnHour() });
  vi.advanceTimersByTime(3_599_000);
  expect(store.current().endedBecause).toBeNull();
  vi.advanceTimersByTime(1_000);
  expect(store.current()).toEqual({ session: null, endedBecause: 'expired' });
  expect(changed).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});

test('a token that the server refuses at its end has expired, also after a reload', () => {
  const storage = memoryStorage();
  const store = createSessionStore(storage);
  const expiresAt = new Date(Date.now() + 1_000).toISOString();
  store.begin({ accessToken: 'token', expiresAt });
  store.end('refused');
  expect(store.current().endedBecause).toBe('expired');
  const over = { accessToken: 'token', expiresAt: new Date(Date.now() - 1).toISOString() };
  storage.setItem('tributary.session', JSON.stringify(over));
  expect(createSessionStore(storage).current().endedBecause).toBe('expired');
});

test('what is not a session in the storage is ignored', () => {
  const storage = memoryStorage();
  storage.setItem('tributary.session', '{"accessToken":7');
  expect(createSessionStore(storage).current().session).toBeNull();
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
