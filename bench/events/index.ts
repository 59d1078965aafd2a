/**
 * `npm run bench:events`: real flights through the whole platform on this machine.
 * `-- --import` imports the file of all 3,000,000 flights instead of sending them.
 * `-- --seconds 20 --burst 30 --rates 1000,5000,20000` changes what is measured, `--log kafka` where the log is.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort, startFoundKafka, startStack } from '@tributary/local-stack';
import { createFlightsWorkspace } from './flights-workspace.ts';
import { importFlights } from './import-flights.ts';
import { createMeasure } from './measure.ts';
import { createCpuMeter } from './process-cpu.ts';
import { startLoad } from './start-load.ts';
import { printTable } from './table.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    burst: { type: 'string', default: '30' },
    rates: { type: 'string', default: '1000,5000,20000' },
    gateway: { type: 'boolean', default: false },
    batch: { type: 'string', default: '500' },
    log: { type: 'string', default: 'redis' },
    import: { type: 'boolean', default: false },
  },
});

const account = { email: 'bench@tributary.local', password: 'flights as fast as they come' };
const home = await mkdtemp(join(tmpdir(), 'tributary-bench-'));
try {
  const logServer =
    values.log === 'kafka'
      ? await startFoundKafka({ directory: join(home, 'kafka'), log: console.error })
      : undefined;
  await using stack = await startStack({
    home,
    port: await freePort(),
    demo: account,
    logLevel: 'warn',
    environment: { ...process.env, ...(logServer && { EVENT_LOG_URL: logServer.url }) },
    report: (line) => console.error(`  ${line}`),
  });
  using load = await startLoad();
  using workspace = await createFlightsWorkspace(stack.url, account);
  const readCpu = createCpuMeter({
    named: () => ({
      producer: load.pid,
      gateway: stack.supervisor.pid('gateway'),
      processing: stack.supervisor.pid('processing'),
      analytics: stack.supervisor.pid('analytics'),
      notifications: stack.supervisor.pid('notifications'),
      ...(logServer && { kafka: logServer.pid }),
    }),
  });
  if (values.import) {
    const analyticsUrl = stack.serviceUrl('analytics');
    await importFlights({ url: stack.url, workspace, analyticsUrl, readCpu });
  } else {
    const measure = createMeasure({
      load,
      workspace,
      readCpu,
      ingestUrl: values.gateway ? stack.url : stack.serviceUrl('processing'),
      processingUrl: stack.serviceUrl('processing'),
      analyticsUrl: stack.serviceUrl('analytics'),
      batchSize: Number(values.batch),
    });
    await measure({ name: 'warm-up', rate: 5_000, seconds: 5 });
    const results = [];
    for (const rate of values.rates.split(',').filter(Boolean).map(Number)) {
      results.push(await measure({ name: `${rate}/s`, rate, seconds: Number(values.seconds) }));
    }
    const burst = Number(values.burst);
    if (burst > 0) {
      results.push(await measure({ name: 'as fast as accepted', rate: null, seconds: burst }));
    }
    printTable(results);
  }
} finally {
  await rm(home, { recursive: true, force: true });
}
process.exit();
