import { z } from 'zod';

export const instant = z.iso.datetime({ offset: true });

/**
 * CloudEvents 1.0 attributes that every record on the log has. Extension attributes are
 * lower-case letters only, as the specification wants: `workspace` is ours on every event.
 */
export const envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  time: instant,
  subject: z.string().optional(),
  workspace: z.uuid(),
});
