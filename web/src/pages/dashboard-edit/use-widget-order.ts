import { useMutation } from '@apollo/client/react';
import type { EditedDashboardFragment } from '../../generated/graphql.ts';
import { refusalsOf } from '../../graph/refusals-of.ts';
import { orderWidgetsMutation } from './dashboard-edit-documents.ts';

/** Moves a widget to another place; the list shows it there at once. */
export function useWidgetOrder({ id, widgets }: EditedDashboardFragment) {
  const [order, { data, error, loading }] = useMutation(orderWidgetsMutation);
  return {
    move(from: number, to: number): void {
      const widgetIds = widgets.map((widget) => widget.id);
      widgetIds.splice(to, 0, ...widgetIds.splice(from, 1));
      void order({ variables: { input: { dashboardId: id, widgetIds } } }).catch(() => {});
    },
    refusals: data ? refusalsOf(data.orderWidgets) : [],
    error,
    isBusy: loading,
  };
}
