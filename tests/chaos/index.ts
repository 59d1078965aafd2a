/**
 * `npm run test:chaos`: fifty kills, each part in turn and then at random, and the books at the end.
 * `-- --kills 10` makes it shorter, `--log kafka` puts the log there.
 */
import { parseArgs } from 'node:util';
import { victimsWith } from './platform.ts';
import { runChaos } from './run-chaos.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    log: { type: 'string', default: 'redis' },
  },
});
const kills = Number(values.kills);
const log = values.log === 'kafka' ? 'kafka' : 'redis';
const victims = victimsWith(log);
const chosen = Array.from({ length: kills }, (_, index) => {
  const place = index < kills / 2 ? index : Math.floor(Math.random() * victims.length);
  return victims[place % victims.length] ?? 'processing';
});

const report = await runChaos({
  log,
  victims: chosen,
  eventsBetween: 1_000,
  withImports: true,
  onKill: (victim, acknowledged) => console.log(`  kill -9 ${victim} after ${acknowledged} events`),
});
const { books, imports } = report;
const sumOf = (count: 'rowsRead' | 'accepted' | 'rejected') =>
  imports.reduce((sum, one) => sum + one[count], 0);
console.log(`
| | |
| --- | --- |
| kills | ${report.kills} |
| requests without an answer, sent again | ${report.unanswered} |
| acknowledged | ${report.acknowledged} |
| imports, their rows | ${imports.length}, ${sumOf('rowsRead')} |
| accepted rows, rejected rows | ${sumOf('accepted')}, ${sumOf('rejected')} |
| stored | ${books.stored.length} |
| dead letters of the pipeline | ${books.deadInPipeline.length} |
| refused, as answered | ${report.refused} |
| dead letters of the door | ${books.refusedAtDoor.length} |
| counted by each rollup, in all and by group, and as activity | ${Object.values(books.counts).join(', ')} |`);
for (const sentence of report.imbalances) console.log(`✗ ${sentence}`);
if (report.imbalances.length === 0) {
  console.log('✓ all that was acknowledged is there, once; rollups count what is stored');
}
process.exit(report.imbalances.length === 0 ? 0 : 1);
