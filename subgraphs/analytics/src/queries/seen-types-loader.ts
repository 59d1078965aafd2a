import { createRowLoader } from '@tributary/chassis';
import type { SeenEventStore } from '../stores/seen-event-store.ts';
import { type SeenType, seenTypes } from './seen-types.ts';

const newestEvents = 200;

export interface SeenOfSource {
  sourceId: string;
  types: SeenType[];
}

/**
 * For one request: what the newest stored events of each source hold.
 * One source after the other, for the events of one may be 50 MB.
 */
export const createSeenTypesLoader = (store: SeenEventStore, workspaceId: string) =>
  createRowLoader<SeenOfSource>(
    async (sourceIds) => {
      const seen: SeenOfSource[] = [];
      for (const sourceId of sourceIds) {
        const types = seenTypes(await store.newest(workspaceId, sourceId, newestEvents));
        seen.push({ sourceId: sourceId.toLowerCase(), types });
      }
      return seen;
    },
    ({ sourceId }) => sourceId,
  );
