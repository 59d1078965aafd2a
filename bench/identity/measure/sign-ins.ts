import { setTimeout as pause } from 'node:timers/promises';
import { type CpuSeconds, cpuBetween } from '@tributary/bench-events/process-cpu';
import { type Person, password, refresh, signIn } from '../people.ts';
import { timed } from './latencies.ts';

export interface SignInLoad {
  perSecond: number;
  /** Milliseconds of CPU time of each process for one sign-in. */
  cpu: CpuSeconds;
  /** Milliseconds of each refresh while people sign in as fast as they are let in. */
  refreshes: number[];
}

/** More at once than a machine hashes at once, so that hashing is never idle. */
const atOnce = 8;
const betweenRefreshes = 200;

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

/** Whether people come with the device that they signed up on, or with one that is told to them by mail. */
export type Devices = 'known' | 'new';

export interface SignInLoadOptions {
  people: readonly Person[];
  holder: Person;
  devices: Devices;
  seconds: number;
  readCpu: () => CpuSeconds;
}

/** People sign in as fast as they are let in, while one goes on refreshing. */
export async function measureSignIns(url: string, options: SignInLoadOptions): Promise<SignInLoad> {
  const { people, holder, devices, seconds, readCpu } = options;
  const cpuBefore = readCpu();
  const start = performance.now();
  const isOver = () => performance.now() - start > seconds * 1000;
  let done = 0;
  const worker = async (_: unknown, place: number) => {
    for (let turn = place; !isOver(); turn += atOnce) {
      const person = people[turn % people.length];
      if (!person) throw new Error('unreachable: there is somebody at each place');
      const { email, deviceToken } = person;
      const input = { email, password, ...(devices === 'known' && { deviceToken }) };
      if (!(await signIn(url, input))) throw new Error('A sign-in was refused.');
      done += 1;
    }
  };
  const [refreshes] = await Promise.all([
    measureRefreshes(url, holder, isOver),
    ...Array.from({ length: atOnce }, worker),
  ]);
  const perSecond = done / ((performance.now() - start) / 1000);
  const cpu = Object.entries(cpuBetween(cpuBefore, readCpu()));
  return {
    perSecond,
    cpu: Object.fromEntries(cpu.map(([name, used]) => [name, (used / done) * 1000])),
    refreshes,
  };
}
