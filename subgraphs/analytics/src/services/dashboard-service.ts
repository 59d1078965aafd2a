import { authorise, type Connection, requireKnown, toConnection, toPage } from '@tributary/chassis';
import { InputError, parseInput, type UserError } from '@tributary/errors';
import { v7 } from 'uuid';
import type {
  DashboardRow,
  DashboardStore,
  NewWidget,
  WidgetRow,
} from '../stores/dashboard-store.ts';
import type { MetricRow } from '../stores/metric-store.ts';
import type { Caller } from './caller.ts';
import { unknownDimensions } from './dimension-schemas.ts';
import { createDashboardSchema } from './input-schemas.ts';

export function createDashboardService({ dashboards }: { dashboards: DashboardStore }) {
  return {
    byId(caller: Caller, id: string): Promise<DashboardRow | null> {
      authorise(caller.principal, 'dashboard.read');
      return caller.loaders.dashboard.load(id);
    },

    /** For references: that a dashboard is there is open to everybody in its workspace. */
    reference(caller: Caller, id: string): Promise<DashboardRow | null> {
      requireKnown(caller.principal);
      return caller.loaders.dashboard.load(id);
    },

    /** For references and updates: as `reference`. */
    widget(caller: Caller, id: string): Promise<WidgetRow | null> {
      requireKnown(caller.principal);
      return caller.loaders.widget.load(id);
    },

    widgets(caller: Caller, dashboard: DashboardRow): Promise<WidgetRow[]> {
      requireKnown(caller.principal);
      return caller.loaders.widgetsOfDashboard.load(dashboard.id);
    },

    /** Newest first. */
    async list(
      caller: Caller,
      paging: { first: number; after: string | null },
    ): Promise<Connection<DashboardRow>> {
      const { workspace } = authorise(caller.principal, 'dashboard.read');
      const page = toPage(paging);
      const rows = await dashboards.page(workspace, page);
      return toConnection(rows, page, ({ createdAt, id }) => ({ time: createdAt, id }));
    },

    async create(caller: Caller, input: unknown): Promise<DashboardRow> {
      const { workspace } = authorise(caller.principal, 'dashboard.create');
      const { name, widgets } = parseInput(createDashboardSchema, input);
      const metrics = await Promise.all(
        widgets.map(({ metricId }) => caller.loaders.metric.load(metricId)),
      );
      const asked = widgets.map((widget, index) => ({
        ...widget,
        id: v7(),
        by: widget.by ?? metrics[index]?.dimensions.slice(0, 1) ?? [],
      }));
      const wrong = asked.flatMap((widget, index) => problemsOf(widget, index, metrics[index]));
      if (wrong.length > 0) throw new InputError(wrong);
      return dashboards.create(workspace, { id: v7(), name, widgets: asked });
    },
  };
}

function problemsOf(
  widget: Pick<NewWidget, 'by' | 'where'>,
  index: number,
  metric: MetricRow | null | undefined,
): UserError[] {
  const at = ['input', 'widgets', String(index)];
  if (metric) {
    const unknown = unknownDimensions(metric, widget);
    return unknown.map(({ field, ...problem }) => ({
      ...problem,
      field: [...at, ...(field ?? [])],
    }));
  }
  const message = 'There is no such metric in this workspace.';
  return [{ code: 'NOT_FOUND', message, field: [...at, 'metricId'] }];
}
