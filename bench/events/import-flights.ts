/** All 3,000,000 flights of the file as an import: how fast they are taken, and stored. */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { flightType } from '@tributary/scripts/demo/flight-event';
import { flightsFile } from '@tributary/scripts/demo/flights';
import { z } from 'zod';
import { readCounters } from './counters.ts';
import type { FlightsWorkspace } from './flights-workspace.ts';
import { type CpuSeconds, cpuBetween } from './process-cpu.ts';
import { printRows } from './table.ts';

const uploadSchema = z.object({ id: z.string() });
const startSchema = z.object({
  startImport: z.object({ userErrors: z.array(z.object({ message: z.string() })).max(0) }),
});
const importSchema = z.object({
  import: z.object({
    state: z.string(),
    rowsRead: z.number(),
    accepted: z.number(),
    rejected: z.number(),
    reason: z.string().nullable(),
  }),
});

const field = (name: string, type: string) => ({ column: name, name, type });
const mapping = {
  layout: 'COLUMNS',
  eventType: flightType,
  timeColumn: 'date',
  subjectColumn: 'origin',
  fields: [
    field('origin', 'STRING'),
    field('destination', 'STRING'),
    field('delay', 'INTEGER'),
    field('distance', 'INTEGER'),
  ],
};

export interface ImportFlightsDeps {
  url: string;
  workspace: FlightsWorkspace;
  analyticsUrl: string;
  readCpu: () => CpuSeconds;
}

export async function importFlights(deps: ImportFlightsDeps): Promise<void> {
  const { workspace, analyticsUrl, readCpu } = deps;
  const id = await upload(deps);
  const before = await stored(analyticsUrl);
  const cpuBefore = readCpu();
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1_000;
  await workspace.ask(
    'mutation ($input: StartImportInput!) { startImport(input: $input) { userErrors { message } } }',
    startSchema,
    { input: { id, mapping } },
  );
  const { accepted, rejected } = await untilRead(workspace, id);
  const takenSeconds = seconds();
  while ((await stored(analyticsUrl)) < before + accepted) await pause(250);
  const storedSeconds = seconds();
  const cpu = Object.entries(cpuBetween(cpuBefore, readCpu()));
  printRows([
    ['rows', 'rejected', 'taken/s', 'stored/s', ...cpu.map(([name]) => `${name} CPU ms/1,000`)],
    [
      String(accepted + rejected),
      String(rejected),
      (accepted / takenSeconds).toFixed(0),
      (accepted / storedSeconds).toFixed(0),
      ...cpu.map(([, used]) => ((used * 1e6) / accepted).toFixed(1)),
    ],
  ]);
}

async function upload({ url, workspace }: ImportFlightsDeps): Promise<string> {
  const query = new URLSearchParams({ name: 'flights-3m.parquet', source: workspace.sourceId });
  const answer = await fetch(`${url}/v1/imports?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${workspace.accessToken}` },
    body: await readFile(flightsFile),
  });
  return uploadSchema.parse(await answer.json()).id;
}

async function untilRead({ ask }: FlightsWorkspace, id: string) {
  for (;;) {
    const answer = await ask(
      'query ($id: ID!) { import(id: $id) { state rowsRead accepted rejected reason } }',
      importSchema,
      { id },
    );
    const { state, reason, rowsRead } = answer.import;
    if (state === 'DONE') return answer.import;
    if (state !== 'RUNNING') throw new Error(`${state} after ${rowsRead} rows: ${reason}`);
    await pause(500);
  }
}

async function stored(url: string): Promise<number> {
  return (await readCounters(url, ['events_stored_total'])).get('events_stored_total') ?? 0;
}
