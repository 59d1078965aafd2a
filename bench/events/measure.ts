import { setTimeout as pause } from 'node:timers/promises';
import { readCounters } from './counters.ts';
import type { FlightsWorkspace } from './flights-workspace.ts';
import { type Freshness, freshnessOf } from './freshness.ts';
import { type CpuSeconds, cpuBetween } from './process-cpu.ts';
import type { Load } from './start-load.ts';

export interface MeasureDeps {
  load: Load;
  workspace: FlightsWorkspace;
  readCpu: () => CpuSeconds;
  /** Where the events are sent. */
  ingestUrl: string;
  processingUrl: string;
  analyticsUrl: string;
  batchSize: number;
}

export interface Phase {
  name: string;
  /** Events a second; null as fast as they are accepted. */
  rate: number | null;
  seconds: number;
}

export interface Result {
  name: string;
  accepted: number;
  refused: number;
  acceptedPerSecond: number;
  /** From the first event sent to the last one stored and rolled up. */
  processedPerSecond: number;
  freshness: Freshness;
  /** CPU milliseconds for a thousand events, by process. */
  cpuPerThousand: CpuSeconds;
}

const longestDrain = 300_000;

/** Runs phases one after the other; each is done when every accepted event is on the dashboard. */
export function createMeasure(deps: MeasureDeps) {
  const { load, workspace, readCpu, analyticsUrl, ingestUrl, batchSize } = deps;

  async function stored(): Promise<number> {
    const counters = await readCounters(analyticsUrl, ['events_stored_total']);
    return counters.get('events_stored_total') ?? 0;
  }

  async function untilStored(count: number): Promise<void> {
    const deadline = performance.now() + longestDrain;
    for (let now = await stored(); now < count; now = await stored()) {
      if (performance.now() > deadline) throw new Error(`only ${now} of ${count} were stored`);
      await pause(50);
    }
  }

  async function untilSeen(count: number): Promise<void> {
    const deadline = performance.now() + 15_000;
    while ((workspace.sightings.at(-1)?.count ?? 0) < count) {
      if (performance.now() > deadline) throw new Error('the dashboard did not show all events');
      await pause(20);
    }
  }

  return async ({ name, rate, seconds }: Phase): Promise<Result> => {
    const before = await stored();
    const cpuBefore = readCpu();
    const started = performance.now();
    const connections = rate === null ? 16 : Math.max(4, Math.ceil(rate / 2_500));
    const size = rate === null ? batchSize : Math.min(batchSize, Math.ceil(rate / 20));
    const { writeKey } = workspace;
    const order = { url: ingestUrl, writeKey, rate, seconds, batchSize: size, connections };
    const report = await load.produce(order);
    await untilStored(before + report.accepted);
    const elapsed = (performance.now() - started) / 1000;
    const cpu = cpuBetween(cpuBefore, readCpu());
    await untilSeen(before + report.accepted);
    const perThousand = ([process, used]: [string, number]) =>
      [process, (used * 1e6) / report.accepted] as const;
    return {
      name,
      accepted: report.accepted,
      refused: report.refused,
      acceptedPerSecond: report.accepted / report.seconds,
      processedPerSecond: report.accepted / elapsed,
      freshness: freshnessOf(report.sent, workspace.sightings, before),
      cpuPerThousand: Object.fromEntries(Object.entries(cpu).map(perThousand)),
    };
  };
}
