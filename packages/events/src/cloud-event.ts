import { z } from 'zod';

/**
 * The CloudEvents 1.0 envelope as producers may send it.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export const cloudEventSchema = z.looseObject({
  specversion: z.literal('1.0', 'must be "1.0"').default('1.0'),
  id: z
    .string('must be a string')
    .min(1, 'must not be empty')
    .max(256, 'must be at most 256 characters'),
  source: z.string('must be a URI reference').min(1, 'must not be empty').max(2048),
  type: z
    .string('must be a string')
    .min(1, 'must not be empty')
    .max(256, 'must be at most 256 characters'),
  time: z.iso.datetime({
    offset: true,
    error: 'must be an RFC 3339 time, e.g. 2026-11-21T09:30:00Z',
  }),
  subject: z.string().min(1).max(256).optional(),
  datacontenttype: z.literal('application/json', 'must be application/json').optional(),
  data: z.record(z.string(), z.unknown(), 'must be a JSON object'),
});

export type CloudEvent = z.infer<typeof cloudEventSchema>;
