/**
 * `npm run bench:identity [-- --seconds 20 --tries 1000]`: sign-ins against what the machine can
 * hash, tokens at the gateway, and whether time tells who has an account. The whole platform runs.
 */
import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { createCpuMeter } from '@tributary/bench-events/process-cpu';
import { accountsFor, measureEnumeration } from './measure/enumeration.ts';
import { measureHashBound } from './measure/hash-bound.ts';
import { quantile } from './measure/latencies.ts';
import { measureRefreshes, measureSignIns, type SignInLoad } from './measure/sign-ins.ts';
import { measureTokenVerification, type Verification } from './measure/token-verification.ts';
import { readOptions } from './options.ts';
import { openAccounts } from './people.ts';
import { startPlatform } from './start-platform.ts';
import { toTable } from './table.ts';

const { seconds, tries } = readOptions();
const services = ['gateway', 'users', 'processing', 'analytics', 'notifications'] as const;
/** The platform has things to do when it has just started. */
const settleMilliseconds = 5_000;

console.log(`${cpus().length} cores (${cpus()[0]?.model}), Node ${process.versions.node}\n`);
const verification = await measureTokenVerification();
await using platform = await startPlatform();
const { url } = platform;
const [holder, ...people] = await openAccounts(url, 1 + Math.max(20, accountsFor(tries)));
if (!holder) throw new Error('unreachable: one account is opened at least');
await pause(settleMilliseconds);

const boundBefore = await measureHashBound(seconds / 2);
const quietUntil = performance.now() + (seconds / 2) * 1000;
const quiet = await measureRefreshes(url, holder, () => performance.now() > quietUntil);
const readCpu = createCpuMeter({
  named: () => ({
    bench: process.pid,
    ...Object.fromEntries(services.map((name) => [name, platform.supervisor.pid(name)])),
  }),
});
const load = { people, holder, seconds, readCpu };
const onKnown = await measureSignIns(url, { ...load, devices: 'known' });
const onNew = await measureSignIns(url, { ...load, devices: 'new' });
const boundAfter = await measureHashBound(seconds / 2);
const bound = (boundBefore + boundAfter) / 2;

const rate = ({ perSecond }: SignInLoad) => [
  perSecond.toFixed(1),
  `${((perSecond / bound) * 100).toFixed(0)}%`,
];
console.log(
  toTable([
    ['', 'a second', 'share of the bound'],
    ['argon2id alone, in the same run', bound.toFixed(1), ''],
    ['sign-ins on known devices', ...rate(onKnown)],
    ['sign-ins on new devices', ...rate(onNew)],
  ]),
);
console.log(
  `\n${toTable([
    ['milliseconds of CPU time for one', ...Object.keys(onKnown.cpu)],
    ['sign-in on a known device', ...Object.values(onKnown.cpu).map((ms) => ms.toFixed(1))],
    ['sign-in on a new device', ...Object.values(onNew.cpu).map((ms) => ms.toFixed(1))],
  ])}`,
);
const milliseconds = (times: readonly number[]) =>
  [0.5, 0.95].map((share) => `${quantile(times, share).toFixed(1)} ms`);
console.log(
  `\n${toTable([
    ['refreshing a token', 'p50', 'p95'],
    ['by itself', ...milliseconds(quiet)],
    ['while people sign in', ...milliseconds(onKnown.refreshes)],
  ])}`,
);
const figures = ({ perSecond, cpuMicroseconds }: Verification) => [
  Math.round(perSecond).toLocaleString('en'),
  `${cpuMicroseconds.toFixed(2)} µs`,
];
console.log(
  `\n${toTable([
    ['verifying a token at the gateway', 'a second', 'CPU each'],
    ['seen for the first time', ...figures(verification.first)],
    ['known', ...figures(verification.known)],
  ])}`,
);
const enumeration = await measureEnumeration(url, people, tries);
console.log(
  `\n${toTable([
    ['does time tell who has an account?', 'tries', 'known', 'unknown', 'AUC', 'z'],
    ...enumeration.map(({ what, auc, z, ...row }) => [
      ...[what, String(row.tries), `${row.known.toFixed(2)} ms`, `${row.unknown.toFixed(2)} ms`],
      ...[auc.toFixed(3), z.toFixed(2)],
    ]),
  ])}`,
);
