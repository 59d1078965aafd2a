import type { TakenNotes } from './taken-notes.ts';

/** What one partition had after a position. */
export interface ReadEntries {
  partition: number;
  /** Texts of entries, in order; see entries.ts. */
  entries: string[];
  /** The position behind the last of them. */
  to: string;
  /** More may be waiting than one read takes. */
  isFull: boolean;
}

/** How a consumer reads one topic of a log's server, and notes there what it has taken: what every group has may be deleted. */
export interface LogReader extends TakenNotes {
  /** Waits up to a second for something after the positions of these partitions; a partition without one is read from its beginning. */
  read(
    partitions: ReadonlySet<number>,
    positions: ReadonlyMap<number, string>,
  ): Promise<ReadEntries[]>;
  /** Gives up a read under way. */
  close(): void;
}
