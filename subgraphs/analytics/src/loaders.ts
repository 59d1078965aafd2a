import { createRowLoader, type Principal } from '@tributary/chassis';
import { createFigureLoaders } from './queries/figure-loaders.ts';
import { createSeenTypesLoader } from './queries/seen-types-loader.ts';
import { createDashboardLoaders } from './stores/dashboard-store.ts';
import { createMetricLoader } from './stores/metric-store.ts';
import type { Stores } from './stores/stores.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** No workspace has it: what loaders of anonymous principals look in. */
const noWorkspace = '00000000-0000-0000-0000-000000000000';

/** One request's loaders; they see the principal's workspace only, and one moment as now. */
export function createLoaders(stores: Stores, principal: Principal) {
  const workspace = principal.kind === 'anonymous' ? noWorkspace : principal.workspace;
  const now = Date.now();
  return {
    now,
    metric: createMetricLoader(stores.metrics, workspace),
    ...createDashboardLoaders(stores.dashboards, workspace),
    figures: createFigureLoaders(stores.figures, workspace, now),
    seenTypes: createSeenTypesLoader(stores.seenEvents, workspace),
    storedSpan: createRowLoader(
      (ids) => stores.storedSpans.bySources(workspace, ids),
      ({ sourceId }) => sourceId,
    ),
    activity: createRowLoader(
      (ids) => stores.activity.bySources(workspace, ids),
      ({ sourceId }) => sourceId,
    ),
  };
}
