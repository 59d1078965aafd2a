import { loadEnvironment, subgraphEnvironment } from '@tributary/chassis';
import { eventLogUrlSchema } from '@tributary/event-log';
import { z } from 'zod';

const milliseconds = (fallback: number) => z.coerce.number().int().positive().default(fallback);

/** `name <address>` or an address; a line break would let it write headers of its own. */
const mailbox = /^([^\r\n<>]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;

const schema = subgraphEnvironment
  .extend({
    /** Where events are read; the Redis of REDIS_URL unless given. */
    EVENT_LOG_URL: eventLogUrlSchema.optional(),
    /** The mail server. Without it mails are kept in the local outbox. */
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    MAIL_FROM: z
      .string()
      .regex(mailbox, 'must be `name <address>` or an address')
      .default('Tributary <alerts@tributary.local>'),
    /** Where people open Tributary; links in mails start with it. */
    PUBLIC_URL: z.url({ protocol: /^https?$/ }).default('http://localhost:4000'),
    /** How often rules are looked at for what only time changes. */
    EVALUATION_INTERVAL_MILLISECONDS: milliseconds(1_000),
    /** How often mails are looked for that nobody announced, such as those due again. */
    MAIL_INTERVAL_MILLISECONDS: milliseconds(1_000),
    /** Pause after the first failed attempt; each further one doubles it. */
    MAIL_RETRY_MILLISECONDS: milliseconds(30_000),
    /** For how long a process that took a mail keeps others from sending it. */
    MAIL_LEASE_MILLISECONDS: milliseconds(120_000),
  })
  .transform((given) => ({ ...given, EVENT_LOG_URL: given.EVENT_LOG_URL ?? given.REDIS_URL }));

export type Environment = z.infer<typeof schema>;

export function readEnvironment(): Environment {
  return loadEnvironment(schema);
}
