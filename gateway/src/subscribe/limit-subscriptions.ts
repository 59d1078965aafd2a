import { networkOf } from '../rate-limits/asker.ts';
import { type Client, type ClientLimits, subjectOf } from './clients.ts';
import { createCounter } from './counter.ts';
import type { Subscribe } from './subscribe.ts';

const tooMany = {
  message: 'Too many subscriptions are open: complete others first.',
  extensions: { code: 'RATE_LIMITED' },
};

/** Bounds what an address, or a principal, has open at a time, over however many connections. */
export function limitSubscriptions(subscribe: Subscribe, limits: ClientLimits): Subscribe {
  const byAddress = createCounter();
  const bySubject = createCounter();

  function hasEnough(client: Client): boolean {
    const subject = subjectOf(client);
    return (
      byAddress.count(networkOf(client.address)) >= limits.perAddress ||
      (subject !== undefined && bySubject.count(subject) >= limits.perPrincipal)
    );
  }

  function add(client: Client, change: 1 | -1): void {
    byAddress.add(networkOf(client.address), change);
    const subject = subjectOf(client);
    if (subject !== undefined) bySubject.add(subject, change);
  }

  return async (subscribing) => {
    const { client } = subscribing;
    if (hasEnough(client)) return { kind: 'refused', errors: [tooMany] };
    add(client, 1);
    const subscribed = await subscribe(subscribing);
    if (subscribed.kind === 'open') {
      return { kind: 'open', close: closeAnd(subscribed.close, () => add(client, -1)) };
    }
    add(client, -1);
    return subscribed;
  };
}

/** Apart, so that it keeps nothing of the request alive. */
function closeAnd(close: () => void, giveBack: () => void): () => void {
  return () => {
    close();
    giveBack();
  };
}
