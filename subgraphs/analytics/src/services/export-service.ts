import { authorise } from '@tributary/chassis';
import { parseInput } from '@tributary/errors';
import { prepareExportSchema } from '../exports/export-request.ts';
import type { ExportRoom } from '../exports/export-room.ts';
import { exportPath } from '../exports/export-routes.ts';
import { selectionOf } from '../exports/start-export.ts';
import type { ExportStore } from '../stores/export-store.ts';
import type { ExportTicketStore } from '../stores/export-ticket-store.ts';
import type { Caller } from './caller.ts';

export interface ExportServiceDeps {
  exports: ExportStore;
  tickets: ExportTicketStore;
  room: ExportRoom;
}

export function createExportService({ exports, tickets, room }: ExportServiceDeps) {
  return {
    /** A path at the gateway that gives the export once. @throws INVALID_INPUT, NOT_FOUND, RATE_LIMITED. */
    async prepare(caller: Caller, input: unknown): Promise<{ link: string; expiresAt: Date }> {
      const principal = authorise(caller.principal, 'event.export');
      const workspaceId = principal.workspace;
      const request = parseInput(prepareExportSchema, input);
      await selectionOf(exports, { workspaceId, request, field: ['input', 'sourceId'] });
      room.assertFree(workspaceId);
      const { ticket, expiresAt } = await tickets.issue({ principal, request });
      return { link: `${exportPath}?ticket=${ticket}`, expiresAt };
    },
  };
}
