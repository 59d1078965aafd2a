/**
 * Fetches of one request that are asked for at one moment and go to one subgraph leave as a single
 * operation: a subgraph request costs more than what is in it (bench/gateway).
 */
import type { Context } from '../../context.ts';
import { type CombinedFetch, combineFetches } from '../programs/combine-fetches.ts';
import type { FetchProgram } from '../programs/fetch-program.ts';
import type { SubgraphAnswer } from '../subgraph-client/subgraph-answer.ts';
import type { SubgraphClient } from '../subgraph-client/subgraph-client.ts';
import { splitAnswer } from './split-answer.ts';

export interface FetchQueue {
  /** @param representations JSON texts; empty for a fetch of root fields. */
  send(fetch: FetchProgram, representations: readonly string[]): Promise<SubgraphAnswer>;
}

/** Combinations that a plan has needed so far, by the ids of their fetches. */
export type Combinations = Map<string, CombinedFetch | undefined>;

const combinationsKept = 64;

export interface FetchQueueOptions {
  clients: ReadonlyMap<string, SubgraphClient>;
  combinations: Combinations;
  /** The variables as the client sent them. */
  variables: Readonly<Record<string, unknown>>;
  context: Context;
}

interface Waiting {
  fetch: FetchProgram;
  representations: readonly string[];
  resolve(answer: SubgraphAnswer | Promise<SubgraphAnswer>): void;
  reject(error: unknown): void;
}

export function createFetchQueue(options: FetchQueueOptions): FetchQueue {
  const { clients, combinations, context } = options;
  const variableTexts = createVariableTexts(options.variables);
  let waiting: Waiting[] = [];

  function ask(fetch: FetchProgram, fields: string): Promise<SubgraphAnswer> {
    return clientOf(clients, fetch.subgraph)(
      { body: `${fetch.head}${fields}}}`, kind: fetch.kind, operationName: fetch.operationName },
      context,
    );
  }

  function sendOne({ fetch, representations }: Waiting): Promise<SubgraphAnswer> {
    const fields = variableTexts(fetch.variables);
    if (fetch.represent) fields.push(`"representations":[${representations.join(',')}]`);
    return ask(fetch, fields.join(','));
  }

  async function sendTogether(group: readonly Waiting[], combined: CombinedFetch): Promise<void> {
    const [first] = group;
    if (!first) return;
    const { head, prefixes } = combined;
    const names = new Set(group.flatMap(({ fetch }) => fetch.variables));
    const lists = group.flatMap(({ fetch, representations }, at) =>
      fetch.represent ? `"${prefixes[at]}representations":[${representations.join(',')}]` : [],
    );
    const fields = [...variableTexts([...names]), ...lists].join(',');
    try {
      const answer = await ask({ ...first.fetch, head, operationName: undefined }, fields);
      const parts = splitAnswer(answer, prefixes);
      // A null that bubbled up to the root hides what the others would have answered alone.
      group.forEach((one, at) => void one.resolve(parts?.[at] ?? sendOne(one)));
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  function combinationOf(group: readonly Waiting[]): CombinedFetch | undefined {
    if (group.some(({ fetch }) => fetch.kind === 'mutation')) return undefined;
    const key = group.map(({ fetch }) => fetch.id).join();
    if (combinations.has(key)) return combinations.get(key);
    if (combinations.size >= combinationsKept) return undefined;
    const combined = combineFetches(group.map(({ fetch }) => fetch));
    combinations.set(key, combined);
    return combined;
  }

  function flush(): void {
    const groups = Map.groupBy(waiting, ({ fetch }) => fetch.subgraph);
    waiting = [];
    for (const group of groups.values()) {
      const combined = group.length > 1 ? combinationOf(group) : undefined;
      if (combined) void sendTogether(group, combined);
      else for (const one of group) one.resolve(sendOne(one));
    }
  }

  return {
    send: (fetch, representations) =>
      new Promise((resolve, reject) => {
        waiting.push({ fetch, representations, resolve, reject });
        // A tick begins once all promises have settled that wait for the same answer.
        if (waiting.length === 1) process.nextTick(flush);
      }),
  };
}

/** A variable that the client did not send is not sent on: the subgraph has the default too. */
function createVariableTexts(
  variables: Readonly<Record<string, unknown>>,
): (names: readonly string[]) => string[] {
  return (names) =>
    names.flatMap((name) => {
      const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
      return value === undefined ? [] : `${JSON.stringify(name)}:${JSON.stringify(value)}`;
    });
}

/** @throws for a name that is not the supergraph's. */
function clientOf(clients: FetchQueueOptions['clients'], subgraph: string): SubgraphClient {
  const client = clients.get(subgraph);
  if (!client) throw new Error(`The supergraph has no subgraph ${subgraph}.`);
  return client;
}
