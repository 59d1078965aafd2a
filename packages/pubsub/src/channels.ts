import { z } from 'zod';

/** What travels on a channel; `topic` is the template that the schema's `@topic` holds. */
export interface ChannelDefinition<Schema extends z.ZodType = z.ZodType> {
  topic: string;
  schema: Schema;
}

function defineChannel<Schema extends z.ZodType>(
  definition: ChannelDefinition<Schema>,
): ChannelDefinition<Schema> {
  return definition;
}

const instant = z.iso.datetime({ offset: true });
const reference = z.object({ id: z.uuid() });

/**
 * Every channel, by the subscription field it feeds. A message is the field's value:
 * the fields its subgraph owns, and references (`{ id }`) to entities.
 */
export const channels = {
  widgetUpdated: defineChannel({
    topic: 'analytics.{claims.workspace}.dashboard.{args.dashboardId}',
    schema: z.object({
      widget: reference,
      points: z.array(z.object({ at: instant, value: z.number(), count: z.int() })),
      groups: z.array(z.object({ key: z.string(), value: z.number(), count: z.int() })),
      value: z.number().nullable(),
      freshness: z.object({
        acceptedAt: instant.nullable(),
        computedAt: instant,
        lagMilliseconds: z.int().nullable(),
        state: z.enum(['EMPTY', 'LIVE', 'STALLED']),
      }),
    }),
  }),
  notificationReceived: defineChannel({
    topic: 'notifications.{claims.workspace}.user.{claims.subject}',
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
