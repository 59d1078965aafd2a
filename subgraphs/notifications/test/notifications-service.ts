import { randomUUID } from 'node:crypto';
import type { UserPrincipal } from '@tributary/chassis';
import { createEventLog } from '@tributary/event-log';
import {
  type MailRequested,
  type MetricUpdated,
  mailRequested,
  memberChanged,
  metricUpdated,
} from '@tributary/events';
import { channels, parseEnvelope, renderTopic } from '@tributary/pubsub';
import { createTestDatabase, createTestRedis, startSubgraph } from '@tributary/testkit';
import { Redis } from 'ioredis';
import { vi } from 'vitest';

/** How long a test waits for what happens in another process. */
export const patience = { timeout: 15_000, interval: 50 };

/** The service with stores of its own, and the parts of the platform that speak to it through the log. */
export async function startNotifications(environment: Record<string, string> = {}) {
  await using starting = new AsyncDisposableStack();
  const [database, redis] = await Promise.all([
    createTestDatabase('notifications'),
    createTestRedis(),
  ]);
  starting.use(database);
  starting.use(redis);
  const log = await createEventLog({ url: redis.url });
  starting.defer(() => log.close());
  const subgraph = starting.use(
    await startSubgraph('notifications', {
      database,
      redis,
      environment: {
        EVALUATION_INTERVAL_MILLISECONDS: '50',
        MAIL_INTERVAL_MILLISECONDS: '50',
        MAIL_RETRY_MILLISECONDS: '50',
        ...environment,
      },
    }),
  );
  const resources = starting.move();

  return {
    database,
    subgraph,
    /** Somebody joins: what the users service says, taken. */
    async join(member: UserPrincipal, details: { email?: string; name?: string } = {}) {
      await log.append(memberChanged, [toMemberChanged(member, details)]);
      await vi.waitFor(async () => {
        const { rowCount } = await database.pool.query(
          'SELECT FROM recipient WHERE workspace_id = $1 AND user_id = $2',
          [member.workspace, member.subject],
        );
        if (rowCount !== 1) throw new Error('The member is not a recipient yet.');
      }, patience);
    },
    /** What analytics says when a metric's minutes changed. */
    report: (...reports: MetricReport[]) => log.append(metricUpdated, reports.map(toMetricUpdated)),
    /** What the users service says when a mail is to go to somebody. */
    ask: (...requests: MailRequested[]) => log.append(mailRequested, requests),
    /** Messages on a person's channel from now on. */
    async listen({ workspace, subject }: UserPrincipal): Promise<Record<string, unknown>[]> {
      const subscriber = new Redis(redis.url);
      resources.defer(() => subscriber.disconnect());
      const messages: Record<string, unknown>[] = [];
      subscriber.on('message', (_, message: string) =>
        messages.push(parseEnvelope(message).message as Record<string, unknown>),
      );
      const values: Record<string, string> = { workspace, subject };
      await subscriber.subscribe(
        renderTopic(channels.notificationReceived.topic, (_, name) => values[name] ?? ''),
      );
      return messages;
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

export type NotificationsService = Awaited<ReturnType<typeof startNotifications>>;

export interface MetricReport {
  workspace: string;
  metricId: string;
  /** The one event's number in the minute. */
  value: number;
  aggregation?: MetricUpdated['data']['aggregation'];
  unit?: string;
  /** The minute's beginning; the minute under way unless given. */
  bucket?: Date;
  /** What else it says, or instead. */
  data?: Partial<MetricUpdated['data']>;
}

function toMetricUpdated({ workspace, metricId, value, ...rest }: MetricReport): MetricUpdated {
  const { aggregation = 'AVERAGE', unit = 'min', bucket = thisMinute(), data } = rest;
  const minute = { bucket: bucket.toISOString(), count: 1, sum: value, min: value, max: value };
  return {
    ...envelope(workspace, '/analytics'),
    type: 'tributary.metric.updated',
    data: { metricId, aggregation, unit, minutes: [minute], ...data },
  };
}

function toMemberChanged(member: UserPrincipal, details: { email?: string; name?: string }) {
  const { email = `${member.subject}@example.com`, name = 'Ada Lovelace' } = details;
  return {
    ...envelope(member.workspace, '/users'),
    type: 'tributary.member.changed' as const,
    data: { userId: member.subject, email, name },
  };
}

function envelope(workspace: string, source: string) {
  const time = new Date().toISOString();
  return { specversion: '1.0' as const, id: randomUUID(), source, time, workspace };
}

export function thisMinute(): Date {
  return new Date(Math.floor(Date.now() / 60_000) * 60_000);
}
