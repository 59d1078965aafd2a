import { authorise } from '@tributary/chassis';
import { inputError, parseInput, TributaryError } from '@tributary/errors';
import { v7 } from 'uuid';
import type { DashboardRow, WidgetContents, WidgetRow } from '../stores/dashboard-store.ts';
import type { WidgetStore } from '../stores/widget-store.ts';
import type { Caller } from './caller.ts';
import { checkWidgets } from './check-widgets.ts';
import { mostWidgets, orderWidgetsSchema, widgetSchema } from './input-schemas.ts';

/** Changes of a dashboard's widgets; each answers the dashboard as it is then. */
export function createWidgetService({ widgets }: { widgets: WidgetStore }) {
  return {
    /** @throws NOT_FOUND, INVALID_INPUT; CONFLICT when the dashboard is full. */
    async add(caller: Caller, input: { dashboardId: string }): Promise<DashboardRow> {
      const { workspace } = authorise(caller.principal, 'dashboard.change');
      const dashboard = await dashboardOf(caller, input.dashboardId, ['input', 'dashboardId']);
      const widget = { ...(await readWidget(caller, input)), id: v7() };
      const added = await widgets.add(workspace, dashboard.id, { widget, most: mostWidgets });
      if (added === 'missing') throw notFound('dashboard', ['input', 'dashboardId']);
      if (added === 'added') return dashboard;
      const message = `This dashboard has ${mostWidgets} widgets, the most there can be.`;
      throw new TributaryError('CONFLICT', message, ['input', 'widget']);
    },

    /** @throws NOT_FOUND, INVALID_INPUT. */
    async change(caller: Caller, input: { id: string }): Promise<DashboardRow> {
      const { workspace } = authorise(caller.principal, 'dashboard.change');
      const { id, dashboardId } = await widgetOf(caller, input.id);
      const contents = await readWidget(caller, input);
      if (!(await widgets.change(workspace, id, contents))) throw notFound('widget', idPath);
      return dashboardOf(caller, dashboardId, idPath);
    },

    /** @throws NOT_FOUND. */
    async remove(caller: Caller, input: { id: string }): Promise<DashboardRow> {
      const { workspace } = authorise(caller.principal, 'dashboard.change');
      const { id, dashboardId } = await widgetOf(caller, input.id);
      if (!(await widgets.remove(workspace, id))) throw notFound('widget', idPath);
      return dashboardOf(caller, dashboardId, idPath);
    },

    /** @throws NOT_FOUND; INVALID_INPUT unless all widgets are named, each once. */
    async order(caller: Caller, input: { dashboardId: string }): Promise<DashboardRow> {
      const { workspace } = authorise(caller.principal, 'dashboard.change');
      const { widgetIds } = parseInput(orderWidgetsSchema, input);
      const dashboard = await dashboardOf(caller, input.dashboardId, ['input', 'dashboardId']);
      if (await widgets.order(workspace, dashboard.id, widgetIds)) return dashboard;
      throw inputError('must name all of the dashboard’s widgets, each once', [
        'input',
        'widgetIds',
      ]);
    },
  };
}

const idPath = ['input', 'id'];

async function dashboardOf(
  { loaders }: Caller,
  id: string,
  field: string[],
): Promise<DashboardRow> {
  const dashboard = await loaders.dashboard.load(id);
  if (!dashboard) throw notFound('dashboard', field);
  return dashboard;
}

async function widgetOf({ loaders }: Caller, id: string): Promise<WidgetRow> {
  const widget = await loaders.widget.load(id);
  if (!widget) throw notFound('widget', idPath);
  // What is answered afterwards is read anew.
  loaders.widget.clear(id);
  return widget;
}

async function readWidget(caller: Caller, input: unknown): Promise<WidgetContents> {
  const { widget } = parseInput(widgetSchema, input);
  const [checked] = await checkWidgets(caller, [widget], () => ['input', 'widget']);
  if (!checked) throw new Error('a widget that was checked is gone');
  return checked;
}

const notFound = (what: string, field: readonly string[]) =>
  new TributaryError('NOT_FOUND', `There is no such ${what}.`, [...field]);
