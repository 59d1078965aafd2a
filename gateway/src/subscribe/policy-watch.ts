/**
 * Policies look at the clock and at how long ago somebody showed a second factor, so what a
 * subscription may hold changes while it is open. Its client is then ended, to come again and have
 * what it may have now.
 */
import type { Client, Clients } from './clients.ts';
import { endings } from './endings.ts';

export interface PolicyWatch {
  /** Looks after a subscription that policies decide on, until the function it answers is called. */
  add(client: Client, isAsOpened: () => boolean): () => void;
  close(): void;
}

const checkMilliseconds = 5_000;

export function createPolicyWatch(clients: Pick<Clients, 'end'>): PolicyWatch {
  const watched = new Set<{ client: Client; isAsOpened: () => boolean }>();
  const check = setInterval(() => {
    for (const { client, isAsOpened } of watched) {
      if (!isAsOpened()) clients.end(client, endings.accessChanged);
    }
  }, checkMilliseconds);
  check.unref();
  return {
    add(client, isAsOpened) {
      const subscription = { client, isAsOpened };
      watched.add(subscription);
      return () => watched.delete(subscription);
    },
    close: () => clearInterval(check),
  };
}
