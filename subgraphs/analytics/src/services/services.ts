import type { MetricBuilder } from '../builds/build-metric.ts';
import type { ExportRoom } from '../exports/export-room.ts';
import type { Stores } from '../stores/stores.ts';
import { createDashboardService } from './dashboard-service.ts';
import { createExportService } from './export-service.ts';
import { createFigureService } from './figure-service.ts';
import { createMetricService } from './metric-service.ts';
import { createWidgetService } from './widget-service.ts';

export type Services = ReturnType<typeof createServices>;

interface ServicesDeps
  extends Pick<Stores, 'metrics' | 'dashboards' | 'widgets' | 'exports' | 'exportTickets'> {
  buildMetric: MetricBuilder;
  exportRoom: ExportRoom;
}

/** What can be done here on somebody's behalf. */
export function createServices(deps: ServicesDeps) {
  const { metrics, dashboards, widgets, exports, exportTickets, buildMetric, exportRoom } = deps;
  return {
    metrics: createMetricService({ metrics, buildMetric }),
    dashboards: createDashboardService({ dashboards }),
    widgets: createWidgetService({ widgets }),
    figures: createFigureService(),
    exports: createExportService({ exports, tickets: exportTickets, room: exportRoom }),
  };
}
