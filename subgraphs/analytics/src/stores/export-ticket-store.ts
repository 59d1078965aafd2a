/**
 * Tickets: whoever has one may take one export, once and within a minute. For browsers, which send no token
 * with a download. Redis knows a ticket by its hash alone: who reads there learns no ticket.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { KnownPrincipal } from '@tributary/chassis';
import type { Redis } from 'ioredis';
import type { ExportRequest } from '../exports/export-request.ts';

const lifetimeSeconds = 60;

/** What somebody has asked for, and who it was. */
export interface PreparedExport {
  principal: KnownPrincipal;
  request: ExportRequest;
}

export type ExportTicketStore = ReturnType<typeof createExportTicketStore>;

export function createExportTicketStore({ redis }: { redis: Redis }) {
  return {
    async issue(prepared: PreparedExport): Promise<{ ticket: string; expiresAt: Date }> {
      const ticket = randomBytes(32).toString('base64url');
      const expiresAt = new Date(Date.now() + lifetimeSeconds * 1000);
      await redis.set(keyOf(ticket), JSON.stringify(prepared), 'EX', lifetimeSeconds);
      return { ticket, expiresAt };
    },

    /** Undefined when there is no such ticket, any more. */
    async take(ticket: string): Promise<PreparedExport | undefined> {
      const text = await redis.getdel(keyOf(ticket));
      // Written above, by this service alone.
      return text === null ? undefined : (JSON.parse(text) as PreparedExport);
    },
  };
}

const keyOf = (ticket: string): string =>
  `export-ticket:${createHash('sha256').update(ticket).digest('base64url')}`;
