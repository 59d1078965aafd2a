import type { UserPrincipal } from '@tributary/chassis';
import { createEventLog } from '@tributary/event-log';
import { type EventProcessed, eventProcessed } from '@tributary/events';
import { channels, type Message, parseEnvelope, renderTopic } from '@tributary/pubsub';
import { createTestDatabase, createTestRedis, startSubgraph } from '@tributary/testkit';
import { Redis } from 'ioredis';
import { expect, vi } from 'vitest';

/** How long a test waits for what happens in another process. */
export const patience = { timeout: 20_000, interval: 25 };

/** The service with stores of its own. `redis` fans out; the log has a server of its own. */
export async function startAnalytics(environment: Record<string, string> = {}) {
  await using starting = new AsyncDisposableStack();
  const [database, redis, logRedis] = await Promise.all([
    createTestDatabase('analytics'),
    createTestRedis(),
    createTestRedis(),
  ]);
  starting.use(database);
  starting.use(redis);
  starting.use(logRedis);
  const log = await createEventLog({ url: logRedis.url });
  starting.defer(() => log.close());
  const subgraph = starting.use(
    await startSubgraph('analytics', {
      database,
      redis,
      environment: { EVENT_LOG_URL: logRedis.url, ...environment },
    }),
  );
  const resources = starting.move();
  const { pool } = database;

  return {
    subgraph,
    database,
    redis,
    logRedis,
    log,
    /** What the pipeline does with processed events. */
    send: (...events: EventProcessed[]) => log.append(eventProcessed, events),
    /** Until as many different events as this are stored. */
    stored: (count: number) =>
      vi.waitFor(async () => {
        const { rows } = await pool.query('SELECT count(*)::int AS count FROM event');
        expect(rows[0].count).toBe(count);
      }, patience),
    /** A counter of `/metrics`. */
    async counter(name: string): Promise<number> {
      const text = await (await fetch(`${subgraph.url}/metrics`)).text();
      return Number(new RegExp(`^${name}(?:{\\S*)? (\\S+)$`, 'm').exec(text)?.[1]);
    },
    /** Messages on a dashboard's channel from now on. */
    async listen(
      { workspace }: UserPrincipal,
      dashboardId: string,
    ): Promise<Message<'widgetUpdated'>[]> {
      const subscriber = new Redis(redis.url);
      resources.defer(() => subscriber.disconnect());
      const messages: Message<'widgetUpdated'>[] = [];
      subscriber.on('message', (_, message: string) =>
        messages.push(parseEnvelope(message).message as Message<'widgetUpdated'>),
      );
      const values: Record<string, string> = { workspace, dashboardId };
      await subscriber.subscribe(
        renderTopic(channels.widgetUpdated.topic, (_, name) => values[name] ?? ''),
      );
      return messages;
    },
    /** The newest message that a dashboard's channel keeps for whoever was away. */
    async kept(
      { workspace }: UserPrincipal,
      dashboardId: string,
    ): Promise<Message<'widgetUpdated'> | undefined> {
      const reader = new Redis(redis.url);
      try {
        const values: Record<string, string> = { workspace, dashboardId };
        const name = renderTopic(channels.widgetUpdated.topic, (_, key) => values[key] ?? '');
        const [newest] = await reader.xrevrange(`live:{${name}}`, '+', '-', 'COUNT', 1);
        const text = newest?.[1][1];
        return text === undefined ? undefined : JSON.parse(text);
      } finally {
        reader.disconnect();
      }
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

export type AnalyticsService = Awaited<ReturnType<typeof startAnalytics>>;
