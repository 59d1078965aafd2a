import { readFileSync, writeFileSync } from 'node:fs';
import type { Ask } from '@tributary/scripts/demo/graphql-client';
import { z } from 'zod';
import { type CpuSeconds, cpuBetween } from '../process-cpu.ts';

export interface MeasureExportsOptions {
  ask: Ask;
  /** The gateway's address. */
  url: string;
  analyticsUrl: string;
  analyticsPid: number | undefined;
  readCpu: () => CpuSeconds;
  sourceId: string;
  /** Events that are stored of the source. */
  events: number;
}

const exports = [
  { name: 'NDJSON', format: 'NDJSON' },
  { name: 'NDJSON, packed by zstd', format: 'NDJSON', encoding: 'zstd' },
  { name: 'CSV', format: 'CSV' },
  { name: 'Parquet', format: 'PARQUET' },
  {
    name: 'Parquet, 4 columns',
    format: 'PARQUET',
    fields: ['carrier', 'origin', 'destination', 'delay'],
  },
];

const linkSchema = z.object({ prepareExport: z.object({ link: z.string() }) });

/** Each format through the gateway, to a reader that takes what comes; a row of the table each. */
export async function measureExports(options: MeasureExportsOptions): Promise<string[][]> {
  const rows: string[][] = [];
  for (const { name, encoding = 'identity', ...input } of exports) {
    const link = await prepare(options, input);
    forgetPeak(options);
    const before = memory('VmRSS', options);
    await longestPause(options);
    const [cpu, began] = [options.readCpu(), performance.now()];
    const bytes = await take(`${options.url}${link}`, encoding);
    const seconds = (performance.now() - began) / 1000;
    const used = cpuBetween(cpu, options.readCpu());
    rows.push([
      name,
      Math.round(options.events / seconds).toLocaleString('en-US'),
      (bytes / 1e6).toFixed(0),
      ...['analytics', 'gateway', 'postgres'].map((process) => perThousand(used, process, options)),
      before,
      memory('VmHWM', options),
      (1000 * (await longestPause(options))).toFixed(0),
    ]);
  }
  return rows;
}

export const exportColumns = [
  'export',
  'events/s',
  'MB',
  'analytics CPU ms/1,000',
  'gateway',
  'postgres',
  'analytics MB before',
  'at most',
  'longest pause ms',
];

const perThousand = (
  used: CpuSeconds,
  process: string,
  { events }: MeasureExportsOptions,
): string => ((1e6 * (used[process] ?? 0)) / events).toFixed(1);

async function prepare({ ask, sourceId }: MeasureExportsOptions, input: object): Promise<string> {
  const { prepareExport } = await ask(
    'mutation ($input: PrepareExportInput!) { prepareExport(input: $input) { link userErrors { message } } }',
    linkSchema,
    { input: { sourceId, to: '2100-01-01T00:00:00Z', ...input } },
  );
  return prepareExport.link;
}

/** How many bytes of content there were. @throws when it broke off. */
async function take(link: string, encoding: string): Promise<number> {
  const answer = await fetch(link, { headers: { 'accept-encoding': encoding } });
  if (!answer.ok || !answer.body) throw new Error(`${answer.status}: ${await answer.text()}`);
  let bytes = 0;
  for await (const piece of answer.body) bytes += piece.length;
  return bytes;
}

/** Forgets the highest memory so far; see proc_pid_clear_refs in proc(5). */
function forgetPeak({ analyticsPid }: MeasureExportsOptions): void {
  if (process.platform === 'linux') writeFileSync(`/proc/${analyticsPid}/clear_refs`, '5');
}

/** In megabytes; empty where there is no /proc. */
function memory(what: 'VmRSS' | 'VmHWM', { analyticsPid }: MeasureExportsOptions): string {
  if (process.platform !== 'linux') return '';
  const status = readFileSync(`/proc/${analyticsPid}/status`, 'utf8');
  return (Number(new RegExp(`^${what}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1000).toFixed(0);
}

/** Of the service's event loop since this was last asked, in seconds: for as long nothing else was done. */
async function longestPause({ analyticsUrl }: MeasureExportsOptions): Promise<number> {
  const text = await (await fetch(`${analyticsUrl}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_max_seconds\S* (\S+)$/m.exec(text)?.[1]);
}
