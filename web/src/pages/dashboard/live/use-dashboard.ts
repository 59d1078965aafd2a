import type { ApolloCache } from '@apollo/client';
import { useQuery, useSubscription } from '@apollo/client/react';
import type { WidgetUpdatedSubscription } from '../../../generated/graphql.ts';
import { useOnMissed } from '../../../graph/connection-context.ts';
import {
  dashboardQuery,
  liveWidgetFragment,
  widgetUpdatedSubscription,
} from '../dashboard-documents.ts';
import { mergeWidgetData } from './merge-widget-data.ts';

/**
 * A dashboard that stays current without polling: a query paints it, and the subscription's updates
 * are merged into the cache. After a loss it resumes where it was; what is lost for good is fetched.
 */
export function useDashboard(id: string) {
  const query = useQuery(dashboardQuery, { variables: { id }, fetchPolicy: 'cache-and-network' });
  useSubscription(widgetUpdatedSubscription, {
    variables: { dashboardId: id },
    fetchPolicy: 'no-cache',
    ignoreResults: true,
    onData: ({ client, data }) => {
      if (data.data) applyUpdate(client.cache, data.data.widgetUpdated);
    },
  });
  useOnMissed(() => void query.refetch().catch(() => {}));
  return query;
}

type WidgetUpdate = WidgetUpdatedSubscription['widgetUpdated'];

function applyUpdate(cache: ApolloCache, update: WidgetUpdate): void {
  cache.updateFragment(
    {
      id: cache.identify({ __typename: 'Widget', id: update.widget.id }) ?? '',
      fragment: liveWidgetFragment,
      fragmentName: 'LiveWidget',
    },
    (widget) => widget && { ...widget, data: mergeWidgetData(widget.data, update, widget) },
  );
}
