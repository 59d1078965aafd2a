import { z } from 'zod';

/** What createAlertRule takes; the limits are those the schema states. */
export const alertRuleInput = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(120, 'must be at most 120 characters')
    .regex(/^\P{Cc}*$/u, 'must be one line without control characters'),
  metricId: z.uuid('must be the id of a metric'),
  operator: z.enum(['ABOVE', 'BELOW']),
  threshold: z.number(),
  windowMinutes: z
    .int()
    .min(1, 'must be at least 1 minute')
    .max(1_440, 'must be at most 1,440 minutes'),
  holdSeconds: z.int().min(0, 'must not be negative').max(86_400, 'must be at most 86,400 seconds'),
  severity: z.enum(['INFO', 'WARNING', 'CRITICAL']),
});
