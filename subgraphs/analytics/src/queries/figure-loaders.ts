/** Figures of many metrics at once: those asked in one shape are read in one statement. */

import type { Step } from '@tributary/prisma/analytics';
import DataLoader from 'dataloader';
import { hour, minute } from '../rollups/rollup-deltas.ts';
import type { FigureStore, GroupRow, PointRow } from '../stores/figure-store.ts';
import { planRead, stepsOf, windowOf } from './window.ts';

interface ValueShape {
  windowMinutes: number;
}

interface PointsShape {
  windowMinutes: number;
  step: Step;
  /** Only points of this time and later; milliseconds since 1970. */
  since?: number | undefined;
}

interface GroupsShape {
  windowMinutes: number;
  limit: number;
  minimumCount: number;
}

type Asked<Shape> = Shape & { metricId: string };

export type FigureLoaders = ReturnType<typeof createFigureLoaders>;

/** Windows end at `now`, for all figures alike. */
export function createFigureLoaders(store: FigureStore, workspaceId: string, now: number) {
  return {
    value: shapeLoader<ValueShape, number | null>(async (metricIds, { windowMinutes }) => {
      const rows = await store.values(
        workspaceId,
        metricIds,
        planRead(windowOf(windowMinutes, now)),
      );
      const byMetric = new Map(rows.map((row) => [row.metricId, row.value]));
      return (metricId) => byMetric.get(metricId) ?? null;
    }),

    points: shapeLoader<PointsShape, PointRow[]>(async (metricIds, shape) => {
      const { windowMinutes, step, since = 0 } = shape;
      const { from, to } = stepsOf(windowMinutes, step === 'HOUR' ? hour : minute, now);
      const range = { from: Math.max(from, since), to };
      const rows = await store.points(workspaceId, metricIds, step, range);
      const byMetric = Map.groupBy(rows, ({ metricId }) => metricId);
      return (metricId) => byMetric.get(metricId) ?? [];
    }),

    groups: shapeLoader<GroupsShape, GroupRow[]>(
      async (metricIds, { windowMinutes, ...bounds }) => {
        const plan = planRead(windowOf(windowMinutes, now));
        const rows = await store.groups(workspaceId, metricIds, plan, bounds);
        const byMetric = Map.groupBy(rows, ({ metricId }) => metricId);
        return (metricId) => byMetric.get(metricId) ?? [];
      },
    ),
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
