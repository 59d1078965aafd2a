import { authorise, type Connection, requireKnown, toConnection, toPage } from '@tributary/chassis';
import { parseInput, TributaryError } from '@tributary/errors';
import { v7 } from 'uuid';
import type { DashboardRow, DashboardStore, WidgetRow } from '../stores/dashboard-store.ts';
import type { MetricRow } from '../stores/metric-store.ts';
import type { Caller } from './caller.ts';
import { checkWidgets } from './check-widgets.ts';
import { createDashboardSchema, renameDashboardSchema } from './input-schemas.ts';

const noDashboard = () =>
  new TributaryError('NOT_FOUND', 'There is no such dashboard.', ['input', 'id']);

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

    async ofMetric(caller: Caller, metric: MetricRow): Promise<WidgetRow[]> {
      authorise(caller.principal, 'dashboard.read');
      return caller.loaders.widgetsOfMetric.load(metric.id);
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
      const checked = await checkWidgets(caller, widgets, (index) => [
        'input',
        'widgets',
        String(index),
      ]);
      const numbered = checked.map((widget) => ({ ...widget, id: v7() }));
      return dashboards.create(workspace, { id: v7(), name, widgets: numbered });
    },

    /** @throws NOT_FOUND. */
    async rename(caller: Caller, input: { id: string }): Promise<DashboardRow> {
      const { workspace } = authorise(caller.principal, 'dashboard.change');
      const { name } = parseInput(renameDashboardSchema, input);
      const dashboard = await caller.loaders.dashboard.load(input.id);
      if (!dashboard || !(await dashboards.rename(workspace, dashboard.id, name)))
        throw noDashboard();
      return { ...dashboard, name };
    },

    /** Answers the id. @throws NOT_FOUND. */
    async remove(caller: Caller, { id }: { id: string }): Promise<string> {
      const { workspace } = authorise(caller.principal, 'dashboard.delete');
      const dashboard = await caller.loaders.dashboard.load(id);
      if (!dashboard || !(await dashboards.remove(workspace, dashboard.id))) throw noDashboard();
      return dashboard.id;
    },
  };
}
