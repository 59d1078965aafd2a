import { z } from 'zod';

/** How long a channel remembers: a message is forgotten when it is too old, or one of too many. */
export interface History {
  count: number;
  milliseconds: number;
}

/** What travels on a channel; `topic` is the template that the schema's `@topic` holds. */
export interface ChannelDefinition<Schema extends z.ZodType = z.ZodType> {
  topic: string;
  schema: Schema;
  history: History;
}

function defineChannel<Schema extends z.ZodType>(
  definition: ChannelDefinition<Schema>,
): ChannelDefinition<Schema> {
  return definition;
}

const instant = z.iso.datetime({ offset: true });
/** A laptop that sleeps through its lunch hour is told what it missed. */
const hour = 3_600_000;
const reference = z.object({ id: z.uuid() });

/**
 * Every channel, by the subscription field it feeds. A message is the field's value:
 * the fields its subgraph owns, and references (`{ id }`) to entities.
 */
export const channels = {
  widgetUpdated: defineChannel({
    topic: 'analytics.{claims.workspace}.dashboard.{args.dashboardId}',
    // Some minutes of a busy dashboard; beyond them its figures are fetched anew.
    history: { count: 2_000, milliseconds: hour },
    schema: z.object({
      widget: reference,
      points: z.array(z.object({ at: instant, value: z.number(), count: z.int() })),
      groups: z.array(
        z.object({ key: z.string(), keys: z.array(z.string()), value: z.number(), count: z.int() }),
      ),
      value: z.number().nullable(),
      freshness: z.object({
        acceptedAt: instant.nullable(),
        computedAt: instant,
        lagMilliseconds: z.int().nullable(),
        state: z.enum(['EMPTY', 'LIVE', 'STALLED']),
      }),
    }),
  }),
  importChanged: defineChannel({
    topic: 'processing.{claims.workspace}.imports',
    history: { count: 500, milliseconds: hour },
    schema: z.object({
      id: z.uuid(),
      state: z.enum(['UPLOADED', 'RUNNING', 'PAUSED', 'DONE', 'FAILED', 'CANCELLED']),
      bytesRead: z.number(),
      rowsRead: z.int(),
      accepted: z.int(),
      duplicates: z.int(),
      rejected: z.int(),
      rowsPerSecond: z.number(),
      reason: z.string().nullable(),
      startedAt: instant.nullable(),
      endedAt: instant.nullable(),
    }),
  }),
  notificationReceived: defineChannel({
    topic: 'notifications.{claims.workspace}.user.{claims.subject}',
    history: { count: 500, milliseconds: 24 * hour },
    schema: z.object({
      id: z.uuid(),
      title: z.string(),
      body: z.string(),
      severity: z.enum(['INFO', 'WARNING', 'CRITICAL']),
      alert: reference.nullable(),
      createdAt: instant,
      readAt: instant.nullable(),
    }),
  }),
} as const;

export type ChannelName = keyof typeof channels;
export type Message<Name extends ChannelName> = z.infer<(typeof channels)[Name]['schema']>;
