import { person } from '@tributary/testkit';
import { expect } from 'vitest';
import { type Follower, followers } from './followers.ts';
import type { startLive } from './live.ts';

type Live = Awaited<ReturnType<typeof startLive>>;

let channels = 0;

/** Clients of every transport on a channel of their own, to which numbers are published. */
export async function followNumbers(run: Live, selection = '{ count }') {
  const stack = new DisposableStack();
  channels += 1;
  const size = channels;
  const headers = await run.issuer.bearer(person());
  const query = `subscription { ticked(size: ${size}) ${selection} }`;
  const clients = Object.entries(followers).map(([name, follow]) => ({
    name,
    follower: stack.use(follow({ url: run.gateway.url, query, headers })),
  }));
  let published = 0;
  const caughtUp = () =>
    expect
      .poll(() => clients.map(({ follower }) => standingOf(follower)))
      .toEqual(['LIVE', 'LIVE', 'LIVE']);
  await caughtUp();
  return {
    clients,
    size,
    /** Publishes the next numbers, trying again while Redis is away. */
    async publish(count: number) {
      for (const last = published + count; published < last; ) {
        const number = published + 1;
        const sent = run
          .publishUnheard(`ticks.${size}`, { count: number, metric: { id: 'm1' } }, `${number}`)
          .then(
            () => true,
            () => false,
          );
        if (await sent) published = number;
      }
    },
    /** Every client has every number once, in order. */
    async complete() {
      const all = Array.from({ length: published }, (_, index) => index + 1);
      for (const { name, follower } of clients) {
        await expect
          .poll(() => countsOf(follower), { message: name, timeout: 30_000 })
          .toEqual(all);
      }
    },
    [Symbol.dispose]: () => stack.dispose(),
  };
}

/** Whether a client was last told that it is LIVE or STALLED. */
export const standingOf = ({ extensions }: Follower) =>
  extensions.findLast(({ state }) => state !== undefined)?.state;
const countsOf = ({ data }: Follower) =>
  data.map((each) => (each as { ticked: { count: number } }).ticked.count);
