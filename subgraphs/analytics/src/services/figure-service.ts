import { authorise } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import { z } from 'zod';
import { type Freshness, freshnessOf } from '../queries/freshness.ts';
import type { SeenType } from '../queries/seen-types.ts';
import type { DimensionFilter, GroupSelection } from '../queries/selection.ts';
import { type WidgetFigures, widgetFigures } from '../queries/widget-figures.ts';
import type { Range, Stretch } from '../queries/window.ts';
import { day } from '../rollups/rollup-deltas.ts';
import type { WidgetRow } from '../stores/dashboard-store.ts';
import type { GroupRow, PointRow } from '../stores/figure-store.ts';
import type { MetricRow } from '../stores/metric-store.ts';
import type { Caller } from './caller.ts';
import { by, where } from './dimension-schemas.ts';
import { limit, minimumCount, step, windowMinutes } from './input-schemas.ts';
import { parseArguments } from './parse-arguments.ts';
import { assertFewPoints, previousSchema, rangeSchema, rangeStep } from './range-schemas.ts';
import { selectGroups } from './select-groups.ts';

const valueSchema = z.object({ windowMinutes, where });
const pointsSchema = z.object({ windowMinutes, step, where });
const groupsSchema = z.object({ windowMinutes, limit, minimumCount, by, where });
const rangePointsSchema = z.object({ step: rangeStep });
const rangeGroupsSchema = z.object({ limit, minimumCount, by });

/** A metric, or some of its groups, over a range of the events' own time. */
export interface MeasuredRange extends Range {
  metric: MetricRow;
  where: DimensionFilter[];
}

/** Figures of metrics, widgets and sources, always as of the request's one moment. */
export function createFigureService() {
  return {
    async value(caller: Caller, metric: MetricRow, given: unknown): Promise<number | null> {
      authorise(caller.principal, 'metric.read');
      const { windowMinutes, where } = parseArguments(valueSchema, given);
      const shape = { windowMinutes, where: selectGroups(metric, { where }).where };
      return caller.loaders.figures.value.load({ metricId: metric.id, ...shape });
    },

    async points(caller: Caller, metric: MetricRow, given: unknown): Promise<PointRow[]> {
      authorise(caller.principal, 'metric.read');
      const { windowMinutes, step, where } = parseArguments(pointsSchema, given);
      const shape = { windowMinutes, step, where: selectGroups(metric, { where }).where };
      return caller.loaders.figures.points.load({ metricId: metric.id, ...shape });
    },

    async groups(caller: Caller, metric: MetricRow, given: unknown): Promise<GroupRow[]> {
      authorise(caller.principal, 'metric.read');
      const { by, where, ...shape } = parseArguments(groupsSchema, given);
      return loadGroups(caller, metric, shape, selectGroups(metric, { by, where }));
    },

    /** @throws INVALID_INPUT for a range that is empty, longer than ten years or not whole minutes, or a dimension that is none. */
    range(caller: Caller, metric: MetricRow, given: unknown): MeasuredRange {
      authorise(caller.principal, 'metric.read');
      const range = parseArguments(rangeSchema, given);
      selectGroups(metric, range);
      return { metric, ...range };
    },

    /** The same length before it: right before, or so many days earlier. */
    previous(range: MeasuredRange, given: unknown): MeasuredRange {
      const { daysBefore } = parseArguments(previousSchema, given);
      const shift = daysBefore === null ? range.to - range.from : daysBefore * day;
      return { ...range, from: range.from - shift, to: range.to - shift };
    },

    rangeValue: (caller: Caller, range: MeasuredRange): Promise<number | null> =>
      caller.loaders.figures.value.load(shapeOf(range)),

    async rangePoints(caller: Caller, range: MeasuredRange, given: unknown): Promise<PointRow[]> {
      const { step } = parseArguments(rangePointsSchema, given);
      assertFewPoints(range, step);
      return caller.loaders.figures.points.load({ ...shapeOf(range), step });
    },

    async rangeGroups(caller: Caller, range: MeasuredRange, given: unknown): Promise<GroupRow[]> {
      const { from, to, metric, where } = range;
      const { by, ...shape } = parseArguments(rangeGroupsSchema, given);
      const selection = selectGroups(metric, { by, where });
      return loadGroups(caller, metric, { from, to, ...shape }, selection);
    },

    async widget(
      caller: Caller,
      widget: WidgetRow,
    ): Promise<WidgetFigures & { freshness: Freshness }> {
      authorise(caller.principal, 'dashboard.read');
      const metric = await caller.loaders.metric.load(widget.metricId);
      if (!metric) throw new TributaryError('NOT_FOUND', 'The widget’s metric is gone.');
      const [figures, activity] = await Promise.all([
        widgetFigures(widget, metric, caller.loaders.figures),
        caller.loaders.activity.load(metric.sourceId),
      ]);
      return { ...figures, freshness: freshnessOf(activity, caller.loaders.now) };
    },

    async eventsLastMinute(caller: Caller, sourceId: string): Promise<number> {
      authorise(caller.principal, 'metric.read');
      const activity = await caller.loaders.activity.load(sourceId);
      return activity?.eventsLastMinute ?? 0;
    },

    async seenTypes(caller: Caller, sourceId: string): Promise<SeenType[]> {
      authorise(caller.principal, 'metric.read');
      const seen = await caller.loaders.seenTypes.load(sourceId);
      return seen?.types ?? [];
    },

    async freshness(caller: Caller, sourceId: string): Promise<Freshness> {
      authorise(caller.principal, 'metric.read');
      return freshnessOf(await caller.loaders.activity.load(sourceId), caller.loaders.now);
    },
  };
}

function shapeOf({ metric, from, to, where }: MeasuredRange) {
  return { metricId: metric.id, from, to, where: selectGroups(metric, { where }).where };
}

type GroupsShape = Stretch & { limit: number; minimumCount: number };

/** Without a dimension there are no groups. */
async function loadGroups(
  { loaders }: Caller,
  { id: metricId }: MetricRow,
  shape: GroupsShape,
  selection: GroupSelection,
): Promise<GroupRow[]> {
  if (selection.by.length === 0) return [];
  return loaders.figures.groups.load({ metricId, ...shape, ...selection });
}
