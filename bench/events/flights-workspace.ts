import { createGraphQLClient } from '@tributary/scripts/demo/graphql-client';
import {
  createFlightDashboard,
  createFlightSource,
  type DemoAccount,
} from '@tributary/scripts/demo/set-up';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { z } from 'zod';
import type { Sighting } from './freshness.ts';

const signInSchema = z.object({
  signIn: z.object({ session: z.object({ accessToken: z.string() }) }),
});
const dashboardSchema = z.object({
  dashboard: z.object({ widgets: z.array(z.object({ id: z.string(), kind: z.string() })) }),
});
const updateSchema = z.object({
  data: z.object({
    widgetUpdated: z.object({
      widget: z.object({ id: z.string() }),
      value: z.number().nullable(),
    }),
  }),
});

export type FlightsWorkspace = Awaited<ReturnType<typeof createFlightsWorkspace>>;

/** The demo's source, pipeline, metrics and dashboard, and a subscriber who watches departures. */
export async function createFlightsWorkspace(url: string, { email, password }: DemoAccount) {
  const { signIn } = await createGraphQLClient({ url })(
    'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } userErrors { message } } }',
    signInSchema,
    { input: { email, password } },
  );
  const { accessToken } = signIn.session;
  const ask = createGraphQLClient({ url, accessToken });
  const { sourceId, writeKey } = await createFlightSource(ask);
  const dashboardId = await createFlightDashboard(ask, sourceId);
  const { dashboard } = await ask(
    'query ($id: ID!) { dashboard(id: $id) { widgets { id kind } } }',
    dashboardSchema,
    { id: dashboardId },
  );
  const departures = dashboard.widgets[0]?.id;
  const watched = watch({ url, accessToken, dashboardId, widgetId: departures });
  return { ask, accessToken, sourceId, writeKey, dashboardId, ...watched };
}

/** Grows with every message; the count is of the last hour, longer than a benchmark takes. */
function watch(options: {
  url: string;
  accessToken: string;
  dashboardId: string;
  widgetId: string | undefined;
}): { sightings: Sighting[] } & Disposable {
  const { url, accessToken, dashboardId, widgetId } = options;
  const sightings: Sighting[] = [];
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${accessToken}` },
    lazy: false,
  });
  const query =
    'subscription ($id: ID!) { widgetUpdated(dashboardId: $id) { widget { id } value } }';
  client.subscribe(
    { query, variables: { id: dashboardId } },
    {
      next(message) {
        const { widget, value } = updateSchema.parse(message).data.widgetUpdated;
        if (widget.id === widgetId) sightings.push({ at: Date.now(), count: value ?? 0 });
      },
      error: (error) => console.error('the subscription failed', error),
      complete: () => {},
    },
  );
  return { sightings, [Symbol.dispose]: () => void client.dispose() };
}
