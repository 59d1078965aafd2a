/** Figures of many metrics at once: those asked in one shape are read in one statement. */

import DataLoader from 'dataloader';
import { day, hour, minute } from '../rollups/rollup-deltas.ts';
import type { FigureStore, GroupRow, PointRow } from '../stores/figure-store.ts';
import { type GroupSelection, minutesFrom, type Selection } from './selection.ts';
import { planRead, planSteps, rangeOf, type Stretch, stepsOf } from './window.ts';

type ValueShape = Stretch & Selection;

type PointsShape = Stretch &
  Selection & {
    step: keyof typeof lengths;
    /** Only points of this time and later; milliseconds since 1970. */
    since?: number | undefined;
  };

type GroupsShape = Stretch &
  GroupSelection & {
    limit: number;
    minimumCount: number;
  };

const lengths = { MINUTE: minute, HOUR: hour, DAY: day } as const;

type Asked<Shape> = Shape & { metricId: string };

export type FigureLoaders = ReturnType<typeof createFigureLoaders>;

/** Windows end at `now`, for all figures alike. */
export function createFigureLoaders(store: FigureStore, workspaceId: string, now: number) {
  return {
    value: shapeLoader<ValueShape, number | null>(async (metricIds, shape) => {
      const plan = planRead(rangeOf(shape, now), minutesFrom(shape, now));
      const rows = await store.values(workspaceId, metricIds, plan, shape);
      const byMetric = new Map(rows.map((row) => [row.metricId, row.value]));
      return (metricId) => byMetric.get(metricId) ?? null;
    }),

    points: shapeLoader<PointsShape, PointRow[]>(async (metricIds, shape) => {
      const { step, where, since = 0 } = shape;
      const { from, to } = stepsOf(shape, lengths[step], now);
      const range = { from: Math.max(from, since), to };
      const plan = planSteps(range, lengths[step], minutesFrom({ where }, now));
      const rows = await store.points(workspaceId, metricIds, plan, { where });
      const byMetric = Map.groupBy(rows, ({ metricId }) => metricId);
      return (metricId) => byMetric.get(metricId) ?? [];
    }),

    groups: shapeLoader<GroupsShape, GroupRow[]>(async (metricIds, shape) => {
      const plan = planRead(rangeOf(shape, now), minutesFrom(shape, now));
      const rows = await store.groups(workspaceId, metricIds, plan, shape);
      const byMetric = Map.groupBy(rows, ({ metricId }) => metricId);
      return (metricId) => byMetric.get(metricId) ?? [];
    }),
  };
}

function shapeLoader<Shape extends object, Figure>(
  read: (metricIds: readonly string[], shape: Shape) => Promise<(metricId: string) => Figure>,
): DataLoader<Asked<Shape>, Figure, string> {
  return new DataLoader(
    async (asked) => {
      const byShape = Map.groupBy(asked, ({ metricId: _, ...shape }) => JSON.stringify(shape));
      const answers = new Map<Asked<Shape>, Figure>();
      await Promise.all(
        [...byShape.values()].map(async (alike) => {
          const [first] = alike;
          if (!first) return;
          const figureOf = await read(
            alike.map(({ metricId }) => metricId),
            first,
          );
          for (const one of alike) answers.set(one, figureOf(one.metricId));
        }),
      );
      return asked.map((one) => answers.get(one) as Figure);
    },
    { cacheKeyFn: (asked) => JSON.stringify(asked) },
  );
}
