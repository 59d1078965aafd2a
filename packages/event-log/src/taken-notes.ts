/** What a group has taken and not yet noted on the log's server, for trimming. */
import type { PositionAdvance } from './positions.ts';

const noteEveryMilliseconds = 2_000;

export interface TakenNotes {
  /**
   * Notes the positions that a consumer goes on from, and nothing of before: of a partition that is another's
   * now it would take the group's note back, and what a process that ended had not noted is noted so.
   */
  begin(positions: ReadonlyMap<number, string>): void;
  /** Notes positions whose effect is stored, every two seconds. */
  taken(advances: readonly PositionAdvance[]): Promise<void>;
}

/** `note` is given positions by partition; where it fails they are kept for the next time. */
export function createTakenNotes(
  note: (positions: ReadonlyMap<number, string>) => Promise<void>,
): TakenNotes {
  const pending = new Map<number, string>();
  let lastNote = 0;

  return {
    begin(positions) {
      pending.clear();
      for (const [partition, position] of positions) pending.set(partition, position);
    },
    async taken(advances) {
      for (const { partition, to } of advances) pending.set(partition, to);
      if (pending.size === 0 || Date.now() - lastNote < noteEveryMilliseconds) return;
      lastNote = Date.now();
      await note(pending);
      pending.clear();
    },
  };
}
