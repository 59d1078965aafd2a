import { createGraphQLClient } from '@tributary/scripts/demo/graphql-client';
import { createFlightDashboard, createFlightSource } from '@tributary/scripts/demo/set-up';
import { type Account, signUp } from './account.ts';

export interface FlightsWorkspace extends Account {
  url: string;
  sourceId: string;
  writeKey: string;
  dashboardId: string;
}

/** A new person whose workspace holds what the demo's holds, but no flights yet. */
export async function createFlightsWorkspace(url: string): Promise<FlightsWorkspace> {
  const account = await signUp(url);
  const ask = createGraphQLClient({ url, accessToken: account.accessToken });
  const { sourceId, writeKey } = await createFlightSource(ask);
  const dashboardId = await createFlightDashboard(ask, sourceId);
  return { ...account, url, sourceId, writeKey, dashboardId };
}
