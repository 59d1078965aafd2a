import type { Stores } from '../stores/stores.ts';
import { createDashboardService } from './dashboard-service.ts';
import { createFigureService } from './figure-service.ts';
import { createMetricService } from './metric-service.ts';

export type Services = ReturnType<typeof createServices>;

/** What can be done here on somebody's behalf. */
export function createServices({ metrics, dashboards }: Stores) {
  return {
    metrics: createMetricService({ metrics }),
    dashboards: createDashboardService({ dashboards }),
    figures: createFigureService(),
  };
}
