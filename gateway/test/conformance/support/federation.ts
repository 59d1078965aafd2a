import type { ExecutionResult, GraphQLSchema } from 'graphql';
import { parse } from 'graphql';
import { type GatewayProcess, startGateway } from '../../support/gateway-process.ts';
import { createFaultyResolver, type Faults } from './faults.ts';
import { fieldsThatOthersNeed } from './field-sets.ts';
import { createMonolith } from './monolith.ts';
import { startReference } from './reference.ts';
import { createSubgraph, serveSubgraph } from './subgraph.ts';
import { compose, type Operation, type SupergraphDefinition } from './supergraph.ts';
import { temporarySupergraph } from './temporary-supergraph.ts';

export interface Answers {
  gateway: ExecutionResult;
  /** Apollo's gateway. */
  reference: ExecutionResult;
  /** One undivided schema. */
  monolith: ExecutionResult;
}

export interface Federation extends AsyncDisposable {
  definition: SupergraphDefinition;
  /** What clients see. */
  schema: GraphQLSchema;
  gateway: GatewayProcess;
  ask(operation: Operation): Promise<Answers>;
  /** Makes fields of all subgraphs fail from now on. */
  inject(faults: Faults | undefined): void;
}

/** The gateway over a supergraph of running subgraphs, with both that it is compared to. */
export async function startFederation(definition: SupergraphDefinition): Promise<Federation> {
  await using resources = new AsyncDisposableStack();
  let faults: Faults | undefined;
  const fieldResolver = createFaultyResolver(() => faults, steadyFields(definition));
  const subgraphs = mapValues(definition.subgraphs, (subgraph) =>
    createSubgraph({ definition: subgraph, fieldResolver, lenient: () => faults?.untold === true }),
  );
  const urls: Record<string, string> = {};
  for (const [name, ask] of Object.entries(subgraphs)) {
    urls[name] = resources.use(await serveSubgraph(ask)).url;
  }
  const supergraphSdl = compose(definition, urls);
  const { path } = resources.use(await temporarySupergraph(supergraphSdl));
  const gateway = resources.use(
    await startGateway({ supergraph: path, environment: { LOG_LEVEL: 'silent' } }),
  );
  const reference = resources.use(await startReference(supergraphSdl, subgraphs));
  const monolith = createMonolith({ definition, supergraphSdl, fieldResolver });
  const owned = resources.move();
  return {
    definition,
    schema: monolith.schema,
    gateway,
    async ask(operation) {
      const asked = [
        askGateway(gateway, operation),
        reference.ask(operation),
        monolith.ask(operation),
      ];
      const [first, second, third] = await Promise.all(asked);
      return { gateway: first, reference: second, monolith: third } as Answers;
    },
    inject(given) {
      faults = given;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function askGateway({ url }: GatewayProcess, operation: Operation): Promise<ExecutionResult> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(operation),
  });
  return (await response.json()) as ExecutionResult;
}

function steadyFields({ subgraphs }: SupergraphDefinition): Set<string> {
  const documents = Object.values(subgraphs).map(({ sdl }) => parse(sdl));
  return new Set(documents.flatMap((document) => [...fieldsThatOthersNeed(document)]));
}

function mapValues<From, To>(
  values: Readonly<Record<string, From>>,
  convert: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, convert(value)]));
}
