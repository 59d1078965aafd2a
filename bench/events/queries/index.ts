/**
 * `npm run bench:queries`: how long dashboards and ranges take over so many stored events, and how fast these are exported.
 * `-- --events 300000,3000000,30000000` changes how many; beyond 3,000,000 flights repeat in earlier years.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort, startStack } from '@tributary/local-stack';
import { createFlightDashboard, createFlightSource, signIn } from '@tributary/scripts/demo/set-up';
import { z } from 'zod';
import { createCpuMeter } from '../process-cpu.ts';
import { printRows } from '../table.ts';
import { exportColumns, measureExports } from './measure-exports.ts';
import { measureQueries } from './measure-queries.ts';
import { rebuildMetrics } from './rebuild-metrics.ts';
import { storeFlights, tidyUp } from './store-flights.ts';

const { values } = parseArgs({
  options: { events: { type: 'string', default: '300000,3000000' } },
});
const account = { email: 'bench@tributary.local', password: 'flights as fast as they come' };
const home = await mkdtemp(join(tmpdir(), 'tributary-bench-'));
const say = (line: string) => console.error(`  ${line}`);
try {
  await using stack = await startStack({
    home,
    port: await freePort(),
    demo: account,
    logLevel: 'warn',
    report: say,
  });
  const ask = await signIn(stack.url, account);
  const { workspace } = await ask(
    '{ workspace { id } }',
    z.object({ workspace: z.object({ id: z.string() }) }),
  );
  const { sourceId } = await createFlightSource(ask);
  const dashboardId = await createFlightDashboard(ask, sourceId);
  const analyticsPid = stack.supervisor.pid('analytics');
  const gatewayPid = stack.supervisor.pid('gateway');
  const readCpu = createCpuMeter({
    named: () => ({ analytics: analyticsPid, gateway: gatewayPid }),
  });
  const rows = [];
  const exportRows = [];
  for (const count of values.events.split(',').map(Number)) {
    say(`storing ${count.toLocaleString('en-US')} flights`);
    const databaseUrl = stack.databaseUrl('analytics');
    await storeFlights({ databaseUrl, workspaceId: workspace.id, sourceId, count });
    say('rolling them up');
    await rebuildMetrics(ask);
    await tidyUp(databaseUrl);
    for (const { name, latencies } of await measureQueries(ask, dashboardId)) {
      const figures = [latencies.p50, latencies.p95, latencies.p99].map((ms) => ms.toFixed(1));
      rows.push([count.toLocaleString('en-US'), name, ...figures]);
    }
    say('exporting them');
    const exported = await measureExports({
      ask,
      url: stack.url,
      analyticsUrl: stack.serviceUrl('analytics'),
      analyticsPid,
      readCpu,
      sourceId,
      events: count,
    });
    exportRows.push(...exported.map((row) => [count.toLocaleString('en-US'), ...row]));
  }
  printRows([['events', 'query', 'p50 ms', 'p95', 'p99'], ...rows]);
  console.log();
  printRows([['events', ...exportColumns], ...exportRows]);
} finally {
  await rm(home, { recursive: true, force: true });
}
process.exit();
