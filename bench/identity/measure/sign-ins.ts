import { setTimeout as pause } from 'node:timers/promises';
import { type Person, refresh, signIn } from '../people.ts';
import { timed } from './latencies.ts';

export interface SignInLoad {
  perSecond: number;
  /** Milliseconds of each refresh while people sign in as fast as they are let in. */
  refreshes: number[];
}

/** More at once than a machine hashes at once, so that hashing is never idle. */
const atOnce = 8;
const betweenRefreshes = 50;

/** `holder` refreshes, one refresh after the other, with a pause in between. */
export async function measureRefreshes(
  url: string,
  holder: Person,
  isOver: () => boolean,
): Promise<number[]> {
  const times: number[] = [];
  while (!isOver()) {
    times.push(
      await timed(async () => {
        holder.refreshToken = await refresh(url, holder.refreshToken);
      }),
    );
    await pause(betweenRefreshes);
  }
  return times;
}

/** People sign in as fast as they are let in, while one goes on refreshing. */
export async function measureSignIns(
  url: string,
  { people, holder, seconds }: { people: readonly Person[]; holder: Person; seconds: number },
): Promise<SignInLoad> {
  const start = performance.now();
  const isOver = () => performance.now() - start > seconds * 1000;
  let done = 0;
  const worker = async (_: unknown, place: number) => {
    for (let turn = place; !isOver(); turn += atOnce) {
      const person = people[turn % people.length];
      if (!person || !(await signIn(url, person.email))) throw new Error('A sign-in was refused.');
      done += 1;
    }
  };
  const [refreshes] = await Promise.all([
    measureRefreshes(url, holder, isOver),
    ...Array.from({ length: atOnce }, worker),
  ]);
  return { perSecond: done / ((performance.now() - start) / 1000), refreshes };
}
