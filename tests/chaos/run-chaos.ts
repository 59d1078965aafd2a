/**
 * Numbered events flow while parts of the platform are killed; then the books are balanced: every
 * acknowledged event is stored once or a dead letter once, and rollups count what is stored.
 */
import type { Stack } from '@tributary/local-stack';
import { createGraphQLClient } from '@tributary/scripts/demo/graphql-client';
import pg from 'pg';
import { z } from 'zod';
import { signUp } from '../support/account.ts';
import { type Answers, type Books, imbalances, readBooks } from './books.ts';
import { type ImportReport, startImporter } from './importer.ts';
import { eventType, stages, startProducer } from './numbered-events.ts';
import { type LogKind, startPlatform, type Victim } from './platform.ts';
import { untilPassed } from './until-passed.ts';

export interface ChaosReport {
  kills: number;
  acknowledged: number;
  refused: number;
  unanswered: number;
  imports: readonly ImportReport[];
  books: Books;
  /** What does not add up; nothing, if all is well. */
  imbalances: string[];
}

export interface ChaosOptions {
  log: LogKind;
  /** Who is killed, in turn. */
  victims: readonly Victim[];
  /** Events to be acknowledged between two kills. */
  eventsBetween: number;
  /** Files are imported meanwhile. */
  withImports?: boolean;
  onKill?: (victim: Victim, acknowledged: number) => void;
}

export async function runChaos({
  log,
  victims,
  eventsBetween,
  withImports = false,
  onKill,
}: ChaosOptions): Promise<ChaosReport> {
  await using platform = await startPlatform(log);
  const { stack } = platform;
  const { accessToken, sourceId, writeKey } = await setUp(stack.url);
  const producer = startProducer({ url: stack.serviceUrl('processing'), writeKey });
  const importer = withImports
    ? startImporter({ url: stack.url, accessToken, sourceId })
    : { imports: [], stop: async () => {} };
  const flows = async () => {
    const goal = producer.acknowledged.length + eventsBetween;
    await untilPassed('events flow', async () => producer.acknowledged.length >= goal);
  };
  for (const victim of victims) {
    await flows();
    onKill?.(victim, producer.acknowledged.length);
    await platform.kill(victim);
  }
  await flows();
  await Promise.all([producer.stop(), importer.stop()]);

  const { imports } = importer;
  const balanced = await balance(stack, sourceId, { ...producer, imports });
  return {
    kills: victims.length,
    acknowledged: producer.acknowledged.length,
    refused: producer.refused.length,
    unanswered: producer.unanswered(),
    imports,
    ...balanced,
  };
}

/** Waits until the books balance; what never adds up is said in the answer. */
async function balance(
  stack: Stack,
  sourceId: string,
  answers: Answers,
): Promise<Pick<ChaosReport, 'books' | 'imbalances'>> {
  const databases = {
    analytics: openPool(stack.databaseUrl('analytics')),
    processing: openPool(stack.databaseUrl('processing')),
  };
  const look = async () => {
    const books = await readBooks(databases, sourceId);
    return { books, imbalances: imbalances(books, answers) };
  };
  try {
    await untilPassed(
      'the books balance',
      async () => (await look()).imbalances.length === 0,
    ).catch(() => {});
    return await look();
  } finally {
    await Promise.all(Object.values(databases).map((pool) => pool.end()));
  }
}

function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString });
  pool.on('error', () => {});
  return pool;
}

/** A source whose events are counted by one metric. */
async function setUp(url: string) {
  const { accessToken } = await signUp(url);
  const ask = createGraphQLClient({ url, accessToken });
  const { createSource } = await ask(
    'mutation { createSource(input: { name: "Chaos" }) { source { id } writeKey userErrors { message } } }',
    z.object({
      createSource: z.object({ source: z.object({ id: z.string() }), writeKey: z.string() }),
    }),
  );
  const sourceId = createSource.source.id;
  await ask(
    'mutation ($input: PublishPipelineInput!) { publishPipeline(input: $input) { userErrors { message } } }',
    z.unknown(),
    { input: { sourceId, stages } },
  );
  await ask(
    'mutation ($input: CreateMetricInput!) { createMetric(input: $input) { userErrors { message } } }',
    z.unknown(),
    {
      input: {
        name: 'Ticks',
        sourceId,
        eventType,
        aggregation: 'SUM',
        field: 'value',
        dimensions: ['group'],
      },
    },
  );
  return { accessToken, sourceId, writeKey: createSource.writeKey };
}
