import { setTimeout } from 'node:timers/promises';
import { authorise, type Connection, requireKnown, toConnection, toPage } from '@tributary/chassis';
import { parseInput, TributaryError } from '@tributary/errors';
import { v7 } from 'uuid';
import type { MetricBuilder } from '../builds/build-metric.ts';
import { countedShare } from '../queries/counted-share.ts';
import type { MetricRow, MetricStore } from '../stores/metric-store.ts';
import type { Caller } from './caller.ts';
import { changeMetricSchema, createMetricSchema } from './input-schemas.ts';

/** So long a request waits for stored events to be counted; what is left goes on without it. */
const buildMilliseconds = 2_000;

const noMetric = () => new TributaryError('NOT_FOUND', 'There is no such metric.', ['input', 'id']);

export interface MetricServiceDeps {
  metrics: MetricStore;
  buildMetric: MetricBuilder;
}

export function createMetricService({ metrics, buildMetric }: MetricServiceDeps) {
  /** A single part may take long, where events are many and groups as well: the request does not wait for its end. */
  async function buildForAWhile(metric: MetricRow): Promise<void> {
    const building = buildMetric(metric, { milliseconds: buildMilliseconds });
    // What fails after the answer is gone on with by the loop of builds.
    building.catch(() => {});
    await Promise.race([building, setTimeout(buildMilliseconds, undefined, { ref: false })]);
  }

  return {
    byId(caller: Caller, id: string): Promise<MetricRow | null> {
      authorise(caller.principal, 'metric.read');
      return caller.loaders.metric.load(id);
    },

    /** For references: a metric's definition is open to everybody in its workspace. */
    reference(caller: Caller, id: string): Promise<MetricRow | null> {
      requireKnown(caller.principal);
      return caller.loaders.metric.load(id);
    },

    /** From 0 to 1, see counted-share.ts. */
    async countedShare(
      caller: Caller,
      { sourceId, unbuiltBefore }: Pick<MetricRow, 'sourceId' | 'unbuiltBefore'>,
    ): Promise<number> {
      authorise(caller.principal, 'metric.read');
      if (!unbuiltBefore) return 1;
      const span = await caller.loaders.storedSpan.load(sourceId);
      return countedShare(unbuiltBefore, span ?? { from: null, to: null });
    },

    /** Newest first. */
    async list(
      caller: Caller,
      paging: { first: number; after: string | null },
    ): Promise<Connection<MetricRow>> {
      const { workspace } = authorise(caller.principal, 'metric.read');
      const page = toPage(paging);
      const rows = await metrics.page(workspace, page);
      return toConnection(rows, page, ({ createdAt, id }) => ({ time: createdAt, id }));
    },

    /** @throws NOT_FOUND. */
    async rebuild(caller: Caller, input: { id: string }): Promise<MetricRow | null> {
      const { workspace } = authorise(caller.principal, 'metric.rebuild');
      const metric = await caller.loaders.metric.load(input.id);
      if (!metric || !(await metrics.markUnbuilt(workspace, metric.id))) throw noMetric();
      await buildForAWhile(metric);
      caller.loaders.metric.clear(metric.id);
      return caller.loaders.metric.load(metric.id);
    },

    /** Name and unit. @throws NOT_FOUND, INVALID_INPUT. */
    async change(caller: Caller, input: { id: string }): Promise<MetricRow> {
      const { workspace } = authorise(caller.principal, 'metric.change');
      const { name, unit } = parseInput(changeMetricSchema, input);
      const metric = await caller.loaders.metric.load(input.id);
      const change = { name, unit: unit ?? metric?.unit ?? '' };
      if (!metric || !(await metrics.change(workspace, metric.id, change))) throw noMetric();
      return { ...metric, ...change };
    },

    /** Answers the id. @throws NOT_FOUND. */
    async remove(caller: Caller, { id }: { id: string }): Promise<string> {
      const { workspace } = authorise(caller.principal, 'metric.delete');
      const metric = await caller.loaders.metric.load(id);
      if (!metric || !(await metrics.remove(workspace, metric.id))) throw noMetric();
      return metric.id;
    },

    async create(caller: Caller, input: unknown): Promise<MetricRow> {
      const { workspace } = authorise(caller.principal, 'metric.create');
      const { condition, ...given } = parseInput(createMetricSchema, input);
      const metric = await metrics.create(workspace, {
        ...given,
        id: v7(),
        conditionField: condition?.field ?? null,
        conditionOperator: condition?.operator ?? null,
        conditionValue: condition?.value ?? null,
      });
      await buildForAWhile(metric);
      return (await caller.loaders.metric.load(metric.id)) ?? metric;
    },
  };
}
