/**
 * Bounds what requests hold in memory at a time: one that has no room is sent away before its body is
 * read. A body is counted as it will be when unpacked; parsed, it takes some ten times that.
 *
 * A workspace may hold twice what it leaves free: two thirds of the room when it is alone, less when
 * others hold some, too. So none can fill it, and one that holds nothing finds room for a first body.
 */
import { TributaryError } from '@tributary/errors';

export interface Admission {
  /**
   * Takes room for a body of so many bytes and answers how to give it back.
   * @throws RATE_LIMITED when there is none for this workspace.
   */
  enter(workspaceId: string, bytes: number): () => void;
}

export function createAdmission({ mostBytes }: { mostBytes: number }): Admission {
  const heldBy = new Map<string, number>();
  let held = 0;

  function hold(workspaceId: string, bytes: number): void {
    held += bytes;
    const own = (heldBy.get(workspaceId) ?? 0) + bytes;
    if (own === 0) heldBy.delete(workspaceId);
    else heldBy.set(workspaceId, own);
  }

  function hasRoom(workspaceId: string, bytes: number): boolean {
    if (held === 0) return true;
    const free = mostBytes - held - bytes;
    const own = heldBy.get(workspaceId);
    return own === undefined ? free >= 0 : own + bytes <= 2 * free;
  }

  return {
    enter(workspaceId, bytes) {
      if (!hasRoom(workspaceId, bytes)) {
        throw new TributaryError('RATE_LIMITED', 'Too much is being taken at once. Send it again.');
      }
      hold(workspaceId, bytes);
      let isInside = true;
      return () => {
        if (isInside) hold(workspaceId, -bytes);
        isInside = false;
      };
    },
  };
}
