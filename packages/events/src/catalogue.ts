import { z } from 'zod';
import { envelope, instant } from './envelope.ts';
import { defineEvent } from './event.ts';

/** A producer's event with what the door knows of it. */
const ingested = envelope.extend({
  /** Id of the Source whose write key it came with. */
  sourceid: z.uuid(),
  acceptedat: instant,
  requestid: z.string(),
  data: z.record(z.string(), z.unknown()),
});

const sharedByBatch = [
  'specversion',
  'workspace',
  'sourceid',
  'acceptedat',
  'requestid',
  'source',
  'type',
] as const;

/** Accepted at the door: durable, not yet through the pipeline. */
export const eventReceived = defineEvent({
  topic: 'events.received',
  groups: ['processing.pipeline'],
  key: (event) => `${event.sourceid}/${event.subject ?? event.id}`,
  shared: sharedByBatch,
  /** `deadletterid` is set when a dead letter is replayed, `approved` when somebody has let it pass review. */
  schema: ingested.extend({
    deadletterid: z.uuid().optional(),
    approved: z.boolean().optional(),
  }),
});

/** Through the pipeline: valid, transformed, enriched, wanted. */
export const eventProcessed = defineEvent({
  topic: 'events.processed',
  groups: ['analytics.rollups'],
  key: (event) => `${event.sourceid}/${event.subject ?? event.id}`,
  shared: sharedByBatch,
  schema: ingested,
});

/** A metric's minutes as they stand now: absolute, so that taking one twice changes nothing. Or its end. */
export const metricUpdated = defineEvent({
  topic: 'metrics.updated',
  groups: ['notifications.alerts'],
  key: (event) => event.data.metricId,
  schema: envelope.extend({
    type: z.literal('tributary.metric.updated'),
    data: z.object({
      metricId: z.uuid(),
      aggregation: z.enum([
        'COUNT',
        'SUM',
        'AVERAGE',
        'MINIMUM',
        'MAXIMUM',
        'SHARE',
        'PERCENTILE',
        'DISTINCT',
      ]),
      percentile: z.number().optional(),
      unit: z.string(),
      minutes: z.array(
        z.object({
          bucket: instant,
          count: z.int().nonnegative(),
          sum: z.number(),
          min: z.number(),
          max: z.number(),
          /** Of PERCENTILE and DISTINCT, as @tributary/sketches writes it. */
          sketch: z.base64().optional(),
        }),
      ),
      /** It was deleted: this is the last of it, without minutes. */
      isRemoved: z.boolean().optional(),
      /** Watches a metric that nobody made by hand; told with every update, set up once. */
      rule: z
        .object({
          id: z.uuid(),
          name: z.string(),
          operator: z.enum(['ABOVE', 'BELOW']),
          threshold: z.number(),
          windowMinutes: z.int().positive(),
          severity: z.enum(['INFO', 'WARNING', 'CRITICAL']),
        })
        .optional(),
    }),
  }),
});

/** Somebody belongs to a workspace, is called something else now, or has left. */
export const memberChanged = defineEvent({
  topic: 'members.changed',
  groups: ['notifications.recipients'],
  key: (event) => event.data.userId,
  schema: envelope.extend({
    type: z.literal('tributary.member.changed'),
    data: z.object({
      userId: z.uuid(),
      email: z.string(),
      name: z.string(),
      /** Left out by services from before people could leave. */
      isMember: z.boolean().optional(),
    }),
  }),
});

/**
 * A mail that somebody is to get about their account. It may hold a link that proves who they are,
 * so the topic is for the service that sends mails only.
 */
export const mailRequested = defineEvent({
  topic: 'mails.requested',
  groups: ['notifications.mails'],
  key: (event) => event.data.to,
  schema: envelope.extend({
    type: z.literal('tributary.mail.requested'),
    data: z.object({
      to: z.email(),
      name: z.string(),
      /** The reader's account; null for somebody who has none yet. */
      userId: z.uuid().nullable(),
      subject: z.string(),
      paragraphs: z.array(z.string()).min(1),
      link: z.object({ label: z.string(), url: z.url() }).nullable(),
      /** Later than this it is of no use to the reader. */
      expiresAt: instant.nullable(),
    }),
  }),
});

export type EventReceived = z.infer<typeof eventReceived.schema>;
export type EventProcessed = z.infer<typeof eventProcessed.schema>;
export type MetricUpdated = z.infer<typeof metricUpdated.schema>;
export type MemberChanged = z.infer<typeof memberChanged.schema>;
export type MailRequested = z.infer<typeof mailRequested.schema>;
