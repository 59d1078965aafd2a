/**
 * Tells notifications what share of a source's records fails, so that over 5% in five minutes raises an
 * alert: as a metric like any other, with the rule that watches it. Minutes are absolute, so that telling
 * one twice, as several processes do, changes nothing; sources are told of until ten minutes are clean.
 */
import { type Logger, type Loop, startLoop } from '@tributary/chassis';
import type { EventLog } from '@tributary/event-log';
import { type MetricUpdated, metricUpdated } from '@tributary/events';
import { v5, v7 } from 'uuid';
import type { SourceMinuteRow, SourceMinuteStore } from '../stores/source-minute-store.ts';

const namespace = '6e2f6f0a-27a4-4f43-8f6f-6f1c6c4b7f0e';

export interface ErrorWatchOptions {
  minutes: SourceMinuteStore;
  log: EventLog;
  logger: Logger;
  pauseMilliseconds: number;
}

export function startErrorWatch({
  minutes,
  log,
  logger,
  pauseMilliseconds,
}: ErrorWatchOptions): Loop {
  return startLoop({
    pauseMilliseconds,
    onError: (error) => logger.warn({ err: error }, 'shares of errors cannot be told now'),
    async run() {
      const rows = await minutes.troubled();
      const bySource = Map.groupBy(rows, ({ sourceId }) => sourceId);
      const updates = [...bySource.values()].flatMap(toUpdate);
      if (updates.length > 0) await log.append(metricUpdated, updates);
      await minutes.prune();
      return false;
    },
  });
}

/** The metric of a source's share of errors. */
function errorMetricId(sourceId: string): string {
  return v5(sourceId, namespace);
}

function toUpdate(rows: readonly SourceMinuteRow[]): MetricUpdated[] {
  const [first] = rows;
  if (!first) return [];
  const { sourceId, sourceName, workspaceId } = first;
  const metricId = errorMetricId(sourceId);
  return [
    {
      specversion: '1.0',
      id: v7(),
      source: '/processing',
      type: 'tributary.metric.updated',
      time: new Date().toISOString(),
      workspace: workspaceId,
      data: {
        metricId,
        aggregation: 'SHARE',
        unit: '',
        minutes: rows.map(toMinute),
        rule: {
          id: v5('errors', metricId),
          name: `Share of failing records of “${oneLine(sourceName)}”`,
          operator: 'ABOVE',
          threshold: 0.05,
          windowMinutes: 5,
          severity: 'WARNING',
        },
      },
    },
  ];
}

function oneLine(name: string): string {
  return name.replace(/\p{Cc}/gu, ' ').slice(0, 80);
}

function toMinute({ bucket, records, failed }: SourceMinuteRow) {
  return {
    bucket: bucket.toISOString(),
    count: records,
    sum: failed,
    min: failed < records ? 0 : 1,
    max: failed > 0 ? 1 : 0,
  };
}
