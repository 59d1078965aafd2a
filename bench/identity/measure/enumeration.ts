import { randomUUID } from 'node:crypto';
import { type Person, requestReset, signIn } from '../people.ts';
import { quantile, timed } from './latencies.ts';
import { type RankSum, rankSum } from './rank-sum.ts';

export interface Enumeration extends RankSum {
  what: string;
  tries: number;
  /** Milliseconds. */
  known: number;
  unknown: number;
}

/** Wrong passwords of one account before it is locked. */
const triesEach = 8;
/** Mails that one address is sent in an hour. */
const resetsEach = 5;

/** How many accounts so many tries take, half of which are on accounts. */
export const accountsFor = (tries: number): number => Math.ceil(tries / 2 / resetsEach);

/** Whether time tells which addresses have accounts: in turn one that has and one that has not. */
export async function measureEnumeration(
  url: string,
  people: readonly Person[],
  tries: number,
): Promise<Enumeration[]> {
  const wrong = (email: string) => signIn(url, { email, password: 'not the password' });
  return [
    await compare('sign-in with a wrong password', wrong, { people, tries, each: triesEach }),
    await compare('asking for a new password', (email) => requestReset(url, email), {
      ...{ people, tries },
      each: resetsEach,
    }),
  ];
}

async function compare(
  what: string,
  work: (email: string) => Promise<unknown>,
  { people, tries, each }: { people: readonly Person[]; tries: number; each: number },
): Promise<Enumeration> {
  const [known, unknown]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < tries / 2; turn += 1) {
    const email = people[Math.floor(turn / each) % people.length]?.email ?? '';
    const stranger = `${randomUUID()}@example.com`;
    known.push(await timed(() => work(email)));
    unknown.push(await timed(() => work(stranger)));
  }
  const medians = { known: quantile(known, 0.5), unknown: quantile(unknown, 0.5) };
  return { what, tries, ...medians, ...rankSum(known, unknown) };
}
