/**
 * One budget for many keys. A request is judged in memory, without waiting for anything: by what all
 * gateways had used when the store was last asked, plus what passed here since. What passed is added
 * to the store every 100 ms, so a gateway may let through too much for that long, and no longer.
 * While the store is away, and where there is none, what passed here is what counts.
 */
import { LRUCache } from 'lru-cache';
import type { Budget } from './rate-limit-settings.ts';
import type { RateVerdict } from './rate-verdict.ts';
import type { UsageStore } from './usage-store.ts';

const syncMilliseconds = 100;
const mostKeys = 100_000;

export interface RateLimit {
  /** Takes the points if all of them are left; takes none otherwise. `most` are the key's own. */
  take(key: string, points: number, most?: number): RateVerdict;
}

interface Window {
  key: string;
  /** Points used, by all gateways, as far as the store has said. */
  used: number;
  /** Points on their way to the store. */
  sent: number;
  /** Points that are not sent yet. */
  unsent: number;
  endsAt: number;
}

export function createRateLimit(budget: Budget, store: UsageStore | undefined): RateLimit {
  const windows = new LRUCache<string, Window>({ max: mostKeys });
  const changed = new Set<Window>();
  let timer: NodeJS.Timeout | undefined;

  function windowOf(key: string, now: number): Window {
    const known = windows.get(key);
    if (known && known.endsAt > now) return known;
    const window = { key, used: 0, sent: 0, unsent: 0, endsAt: now + budget.seconds * 1_000 };
    windows.set(key, window);
    return window;
  }

  function synchronise(store: UsageStore): void {
    timer = undefined;
    const now = Date.now();
    for (const window of changed) {
      if (window.sent > 0) continue;
      changed.delete(window);
      if (window.endsAt > now) void send(window, store);
    }
    if (changed.size > 0) timer = schedule(store);
  }

  function schedule(store: UsageStore): NodeJS.Timeout {
    return timer ?? setTimeout(synchronise, syncMilliseconds, store).unref();
  }

  return {
    take(key, points, most = budget.points) {
      const now = Date.now();
      const window = windowOf(key, now);
      const left = most - window.used - window.sent - window.unsent;
      const limited = points > left;
      if (!limited && points > 0) {
        window.unsent += points;
        if (store) {
          changed.add(window);
          timer = schedule(store);
        }
      }
      return {
        limited,
        limit: most,
        remaining: Math.max(0, limited ? left : left - points),
        resetSeconds: Math.max(1, Math.ceil((window.endsAt - now) / 1_000)),
      };
    },
  };
}

async function send(window: Window, store: UsageStore): Promise<void> {
  window.sent = window.unsent;
  window.unsent = 0;
  try {
    const { used, millisecondsLeft } = await store.add(window.key, window.sent);
    window.used = used;
    window.endsAt = Date.now() + millisecondsLeft;
  } catch {
    window.used += window.sent;
  }
  window.sent = 0;
}
