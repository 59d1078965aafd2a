import { createLogger, type Principal } from '@tributary/chassis';
import { person } from '@tributary/testkit';
import { Registry } from 'prom-client';
import type { z } from 'zod';
import type { Context } from '../../../src/context.ts';
import {
  createSubgraphClient,
  type SubgraphClientOptions,
} from '../../../src/execute/subgraph-client/subgraph-client.ts';
import { createSubgraphMetrics } from '../../../src/execute/subgraph-client/subgraph-metrics.ts';
import { subgraphSettingsSchema } from '../../../src/execute/subgraph-client/subgraph-settings.ts';
import { silentTelemetry } from '../../../src/telemetry/silent-telemetry.ts';

export const logger = createLogger({ service: 'test', level: 'silent' });

export function contextOf(principal: Principal = person(), more: Partial<Context> = {}): Context {
  return { principal, requestId: 'request-1', logger, ...more };
}

export interface Traffic extends AsyncDisposable {
  query(document: string, context?: Context): ReturnType<SubgraphFetch>;
  mutate(document: string, context?: Context): ReturnType<SubgraphFetch>;
  /** The value of a series of this client's; its labels as Prometheus writes them. */
  metric(series: string): Promise<number | undefined>;
}

type SubgraphFetch = ReturnType<typeof createSubgraphClient>['fetch'];

/** A client of a subgraph called `things`, with settings as one writes them in the configuration. */
export function createTraffic(
  url: string,
  settings: z.input<typeof subgraphSettingsSchema> = {},
  more: Partial<SubgraphClientOptions> = {},
): Traffic {
  const registry = new Registry();
  const client = createSubgraphClient({
    name: 'things',
    url,
    settings: subgraphSettingsSchema.parse(settings),
    signPassport: undefined,
    discreet: false,
    metrics: createSubgraphMetrics(registry)('things'),
    telemetry: silentTelemetry,
    logger,
    ...more,
  });
  const send =
    (kind: 'query' | 'mutation') =>
    (document: string, context = contextOf()) =>
      client.fetch({ body: JSON.stringify({ query: document }), kind }, context);
  return {
    query: send('query'),
    mutate: send('mutation'),
    async metric(series) {
      const line = (await registry.metrics()).split('\n').find((each) => each.startsWith(series));
      return line === undefined ? undefined : Number(line.split(' ').at(-1));
    },
    [Symbol.asyncDispose]: client.close,
  };
}
