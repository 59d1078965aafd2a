/**
 * Bounds what requests hold in memory at a time: one that has no room is sent away before its body is
 * read. A body is counted as it will be when unpacked; parsed, it takes some ten times that.
 */
import { TributaryError } from '@tributary/errors';

export interface Admission {
  /**
   * Takes room for a body of so many bytes and answers how to give it back.
   * @throws RATE_LIMITED when there is none.
   */
  enter(bytes: number): () => void;
}

export function createAdmission({ mostBytes }: { mostBytes: number }): Admission {
  let held = 0;
  return {
    enter(bytes) {
      if (held > 0 && held + bytes > mostBytes) {
        throw new TributaryError('RATE_LIMITED', 'Too much is being taken at once. Send it again.');
      }
      held += bytes;
      let isInside = true;
      return () => {
        if (isInside) held -= bytes;
        isInside = false;
      };
    },
  };
}
