import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserPrincipal } from '@tributary/chassis';
import { recordsOf } from '@tributary/event-log';
import { type SubgraphProcess, startSubgraph } from '@tributary/testkit';
import { Redis } from 'ioredis';
import { expect } from 'vitest';
import { startStores } from './stores.ts';

export type Processing = Awaited<ReturnType<typeof startProcessing>>;

export interface LogRecord {
  id: string;
  sourceid: string;
  requestid: string;
  time: string;
  data: Record<string, unknown>;
}

/** The running service with a database and a log of its own. */
export async function startProcessing(environment: Record<string, string> = {}) {
  const stack = new AsyncDisposableStack();
  const { database, redis } = stack.use(await startStores());
  const imports = await mkdtemp(join(tmpdir(), 'tributary-imports-'));
  stack.defer(() => rm(imports, { recursive: true, force: true }));
  const variables = { IMPORT_DIRECTORY: imports, ...environment };
  const subgraph = stack.use(
    await startSubgraph('processing', { database, redis, environment: variables }),
  );
  const reader = new Redis(redis.url);
  // A test may stop the server; what needs it fails by itself.
  reader.on('error', () => {});
  stack.defer(() => reader.disconnect());
  return {
    database,
    redis,
    subgraph,
    /** Where its imports' files are. */
    imports,
    processed: () => readLog(reader, 'events.processed'),
    /** Puts on a partition of events.received what no door would. */
    appendReceived: (partition: number, records: unknown[]) =>
      reader.xadd(`log:{events.received:${partition}}`, '*', 'r', JSON.stringify(records)),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** Everything on a topic. */
async function readLog(reader: Redis, topic: string): Promise<LogRecord[]> {
  const partitions = Array.from({ length: 10 }, (_, partition) => `log:{${topic}:${partition}}`);
  const entries = await Promise.all(partitions.map((key) => reader.xrange(key, '-', '+')));
  return entries.flat().flatMap(([, fields]) => recordsOf(fields[1] ?? '[]') as LogRecord[]);
}

/** The records of one source that came through. */
export async function processedOf({ processed }: Processing, sourceId: string) {
  return (await processed()).filter((record) => record.sourceid === sourceId);
}

export async function createSource(
  { subgraph }: { subgraph: SubgraphProcess },
  principal: UserPrincipal,
  name = 'airport',
): Promise<{ id: string; writeKey: string }> {
  const { data } = await subgraph.query(
    principal,
    `mutation ($name: String!) { createSource(input: { name: $name }) {
       source { id } writeKey userErrors { message } } }`,
    { name },
  );
  expect(data.createSource.userErrors).toEqual([]);
  return { id: data.createSource.source.id, writeKey: data.createSource.writeKey };
}

/** An event with overrides; `undefined` leaves an attribute out. */
export function event(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    specversion: '1.0',
    id: crypto.randomUUID(),
    source: '/gates/7',
    type: 'flight.departed',
    time: new Date().toISOString(),
    data: { delay: 4, origin: 'SEA' },
    ...overrides,
  };
}

export interface SendOptions {
  type?: string;
  headers?: Record<string, string>;
}

/** Posts a body to the door; objects go as JSON. */
export async function send(
  { subgraph }: { subgraph: SubgraphProcess },
  writeKey: string,
  body: unknown,
  { type = 'application/json', headers = {} }: SendOptions = {},
) {
  const response = await fetch(`${subgraph.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${writeKey}`, 'content-type': type, ...headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: tests read into answers of any shape; a wrong path fails them.
  const answer = (await response.json()) as any;
  return { status: response.status, headers: response.headers, body: answer };
}

/** Registers the next version of an event type. */
export async function registerEventType(
  { subgraph }: { subgraph: SubgraphProcess },
  principal: UserPrincipal,
  jsonSchema: unknown,
  name = 'flight.departed',
  { allowBreaking = true } = {},
) {
  const { data } = await subgraph.query(
    principal,
    `mutation ($input: RegisterEventTypeInput!) { registerEventType(input: $input) {
       eventType { id name version jsonSchema registeredAt } userErrors { code message field } } }`,
    { input: { name, jsonSchema, allowBreaking } },
  );
  return data.registerEventType;
}

export async function publishPipeline(
  { subgraph }: { subgraph: SubgraphProcess },
  principal: UserPrincipal,
  sourceId: string,
  stages: unknown,
) {
  const { data } = await subgraph.query(
    principal,
    `mutation ($input: PublishPipelineInput!) { publishPipeline(input: $input) {
       pipeline { id version stages publishedAt } userErrors { code message field } } }`,
    { input: { sourceId, stages } },
  );
  return data.publishPipeline;
}

export async function putLookupTable(
  { subgraph }: { subgraph: SubgraphProcess },
  principal: UserPrincipal,
  input: { name: string; keyColumn: string; csv: string },
) {
  const { data } = await subgraph.query(
    principal,
    `mutation ($input: PutLookupTableInput!) { putLookupTable(input: $input) {
       lookupTable { id name keyColumn rowCount updatedAt } userErrors { code message field } } }`,
    { input },
  );
  return data.putLookupTable;
}

export async function replay(
  { subgraph }: { subgraph: SubgraphProcess },
  principal: UserPrincipal,
  input: { id: string; event?: unknown },
) {
  const { data } = await subgraph.query(
    principal,
    `mutation ($input: ReplayDeadLetterInput!) { replayDeadLetter(input: $input) {
       deadLetter { id status attempts } userErrors { code message field } } }`,
    { input },
  );
  return data.replayDeadLetter;
}

/** The workspace's dead letters, newest failure first, at most 100. */
export async function deadLetters(
  { subgraph }: { subgraph: SubgraphProcess },
  principal: UserPrincipal,
) {
  const { data } = await subgraph.query(
    principal,
    `query ($representations: [_Any!]!) { _entities(representations: $representations) {
       ... on Workspace { deadLetters(first: 100) { edges { node {
         id stage field reason original attempts status firstFailedAt lastFailedAt source { id name }
       } } } } } }`,
    { representations: [{ __typename: 'Workspace', id: principal.workspace }] },
  );
  // biome-ignore lint/suspicious/noExplicitAny: as in testkit's answers.
  return data._entities[0].deadLetters.edges.map((edge: any) => edge.node);
}

/** How many statements the service has sent to its database so far. */
export async function statementCount({ subgraph }: { subgraph: SubgraphProcess }): Promise<number> {
  return metric({ subgraph }, 'sql_statements_total');
}

/** A metric's value, summed over its labels. */
export async function metric(
  { subgraph }: { subgraph: SubgraphProcess },
  name: string,
): Promise<number> {
  const text = await (await fetch(`${subgraph.url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
