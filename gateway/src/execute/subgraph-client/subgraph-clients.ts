import {
  createSubgraphClient,
  type SubgraphClient,
  type SubgraphClientOptions,
} from './subgraph-client.ts';
import type { MetricsOfSubgraph } from './subgraph-metrics.ts';
import type { SubgraphSettings } from './subgraph-settings.ts';

/** A subgraph as the supergraph names it. */
export interface SubgraphAddress {
  name: string;
  url: string;
}

export interface SubgraphClients {
  /** The same client, with its connections and breaker, for the same name and address. */
  clientOf(address: SubgraphAddress): SubgraphClient;
  /** Closes the clients of all other addresses; for when no operation of an old supergraph runs any more. */
  keepOnly(addresses: readonly SubgraphAddress[]): Promise<void>;
  close(): Promise<void>;
}

export interface SubgraphClientsOptions
  extends Omit<SubgraphClientOptions, 'name' | 'url' | 'settings' | 'metrics'> {
  settingsOf(name: string): SubgraphSettings;
  metricsOf: MetricsOfSubgraph;
}

/** The clients of all subgraphs, which outlive the supergraph they were made for. */
export function createSubgraphClients(options: SubgraphClientsOptions): SubgraphClients {
  const { settingsOf, metricsOf, ...rest } = options;
  const clients = new Map<string, ReturnType<typeof createSubgraphClient>>();

  function create({ name, url }: SubgraphAddress) {
    const settings = settingsOf(name);
    const metrics = metricsOf(name);
    return createSubgraphClient({ ...rest, name, url: settings.url ?? url, settings, metrics });
  }

  async function keepOnly(addresses: readonly SubgraphAddress[]): Promise<void> {
    const kept = new Set(addresses.map(keyOf));
    const gone = [...clients].filter(([key]) => !kept.has(key));
    for (const [key] of gone) clients.delete(key);
    await Promise.all(gone.map(([, { close }]) => close()));
  }

  return {
    clientOf(address) {
      const key = keyOf(address);
      const client = clients.get(key) ?? create(address);
      clients.set(key, client);
      return client.fetch;
    },
    keepOnly,
    close: () => keepOnly([]),
  };
}

function keyOf({ name, url }: SubgraphAddress): string {
  return `${name} ${url}`;
}
