import { TributaryError } from '@tributary/errors';

export interface ExportRoomOptions {
  /** Of all workspaces. */
  mostAtATime: number;
  mostOfAWorkspace: number;
}

export interface ExportRoom {
  /** @throws RATE_LIMITED where `enter` would. */
  assertFree(workspaceId: string): void;
  /** Answers how to leave again, once. @throws RATE_LIMITED when as many exports as may be at a time are under way. */
  enter(workspaceId: string): () => void;
}

/** Exports of one process: each takes a share of it, and of the database, for as long as its reader takes. */
export function createExportRoom({ mostAtATime, mostOfAWorkspace }: ExportRoomOptions): ExportRoom {
  const running = new Map<string, number>();

  function assertFree(workspaceId: string): void {
    const ofWorkspace = running.get(workspaceId) ?? 0;
    const ofAll = [...running.values()].reduce((sum, count) => sum + count, 0);
    if (ofWorkspace >= mostOfAWorkspace) {
      throw full(`${ofWorkspace} exports of this workspace are under way, as many as may be.`);
    }
    if (ofAll >= mostAtATime) throw full('As many exports as may be are under way.');
  }

  return {
    assertFree,
    enter(workspaceId) {
      assertFree(workspaceId);
      running.set(workspaceId, (running.get(workspaceId) ?? 0) + 1);
      return () => {
        const left = (running.get(workspaceId) ?? 0) - 1;
        if (left > 0) running.set(workspaceId, left);
        else running.delete(workspaceId);
      };
    },
  };
}

const full = (reason: string): TributaryError =>
  new TributaryError('RATE_LIMITED', `${reason} Come again when one has ended.`);
