import { authorise } from '@tributary/chassis';
import { z } from 'zod';
import { type Freshness, freshnessOf } from '../queries/freshness.ts';
import { type WidgetFigures, widgetFigures } from '../queries/widget-figures.ts';
import type { Range } from '../queries/window.ts';
import { day } from '../rollups/rollup-deltas.ts';
import type { WidgetRow } from '../stores/dashboard-store.ts';
import type { GroupRow, PointRow } from '../stores/figure-store.ts';
import type { MetricRow } from '../stores/metric-store.ts';
import type { Caller } from './caller.ts';
import { limit, minimumCount, step, windowMinutes } from './input-schemas.ts';
import { parseArguments } from './parse-arguments.ts';
import { assertFewPoints, previousSchema, rangeSchema, rangeStep } from './range-schemas.ts';

const valueSchema = z.object({ windowMinutes });
const pointsSchema = z.object({ windowMinutes, step });
const groupsSchema = z.object({ windowMinutes, limit, minimumCount });
const rangePointsSchema = z.object({ step: rangeStep });
const rangeGroupsSchema = z.object({ limit, minimumCount });

/** A metric over a range of the events' own time. */
export interface MeasuredRange extends Range {
  metricId: string;
}

/** Figures of metrics, widgets and sources, always as of the request's one moment. */
export function createFigureService() {
  return {
    async value(caller: Caller, metric: MetricRow, given: unknown): Promise<number | null> {
      authorise(caller.principal, 'metric.read');
      return caller.loaders.figures.value.load({
        metricId: metric.id,
        ...parseArguments(valueSchema, given),
      });
    },

    async points(caller: Caller, metric: MetricRow, given: unknown): Promise<PointRow[]> {
      authorise(caller.principal, 'metric.read');
      return caller.loaders.figures.points.load({
        metricId: metric.id,
        ...parseArguments(pointsSchema, given),
      });
    },

    async groups(caller: Caller, metric: MetricRow, given: unknown): Promise<GroupRow[]> {
      authorise(caller.principal, 'metric.read');
      return caller.loaders.figures.groups.load({
        metricId: metric.id,
        ...parseArguments(groupsSchema, given),
      });
    },

    /** @throws INVALID_INPUT for a range that is empty, longer than ten years or not whole minutes. */
    range(caller: Caller, metric: MetricRow, given: unknown): MeasuredRange {
      authorise(caller.principal, 'metric.read');
      return { metricId: metric.id, ...parseArguments(rangeSchema, given) };
    },

    /** The same length before it: right before, or so many days earlier. */
    previous(range: MeasuredRange, given: unknown): MeasuredRange {
      const { daysBefore } = parseArguments(previousSchema, given);
      const shift = daysBefore === null ? range.to - range.from : daysBefore * day;
      return { ...range, from: range.from - shift, to: range.to - shift };
    },

    rangeValue: (caller: Caller, range: MeasuredRange): Promise<number | null> =>
      caller.loaders.figures.value.load(range),

    async rangePoints(caller: Caller, range: MeasuredRange, given: unknown): Promise<PointRow[]> {
      const { step } = parseArguments(rangePointsSchema, given);
      assertFewPoints(range, step);
      return caller.loaders.figures.points.load({ ...range, step });
    },

    rangeGroups: async (
      caller: Caller,
      range: MeasuredRange,
      given: unknown,
    ): Promise<GroupRow[]> =>
      caller.loaders.figures.groups.load({ ...range, ...parseArguments(rangeGroupsSchema, given) }),

    async widget(
      caller: Caller,
      widget: WidgetRow,
    ): Promise<WidgetFigures & { freshness: Freshness }> {
      authorise(caller.principal, 'dashboard.read');
      const [figures, metric] = await Promise.all([
        widgetFigures(widget, caller.loaders.figures),
        caller.loaders.metric.load(widget.metricId),
      ]);
      const activity = metric ? await caller.loaders.activity.load(metric.sourceId) : null;
      return { ...figures, freshness: freshnessOf(activity, caller.loaders.now) };
    },

    async eventsLastMinute(caller: Caller, sourceId: string): Promise<number> {
      authorise(caller.principal, 'metric.read');
      const activity = await caller.loaders.activity.load(sourceId);
      return activity?.eventsLastMinute ?? 0;
    },

    async freshness(caller: Caller, sourceId: string): Promise<Freshness> {
      authorise(caller.principal, 'metric.read');
      return freshnessOf(await caller.loaders.activity.load(sourceId), caller.loaders.now);
    },
  };
}
