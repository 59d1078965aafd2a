/** From the proof in a signed-in session to leaving for a provider: two minutes, once. */
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { hashSecret, newSecret } from '../credentials/secret.ts';

const lifetimeSeconds = 2 * 60;
const ticketSchema = z.object({ subject: z.uuid(), session: z.uuid(), provider: z.string() });

export type LinkTicket = z.infer<typeof ticketSchema>;

export interface LinkTickets {
  issue(ticket: LinkTicket): Promise<string>;
  take(secret: string): Promise<LinkTicket | undefined>;
}

const keyOf = (secret: string) => `identity:link:${hashSecret(secret)}`;

export function createLinkTickets({ redis }: { redis: Redis }): LinkTickets {
  return {
    async issue(ticket) {
      const secret = newSecret();
      await redis.set(keyOf(secret), JSON.stringify(ticket), 'EX', lifetimeSeconds);
      return secret;
    },
    async take(secret) {
      const held = await redis.getdel(keyOf(secret));
      return held === null ? undefined : ticketSchema.parse(JSON.parse(held));
    },
  };
}
