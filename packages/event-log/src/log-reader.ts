import type { PositionAdvance } from './positions.ts';

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

/** How a consumer reads one topic of a log's server. */
export interface LogReader {
  /** Waits up to a second for something after the positions of these partitions; a partition without one is read from its beginning. */
  read(
    partitions: ReadonlySet<number>,
    positions: ReadonlyMap<number, string>,
  ): Promise<ReadEntries[]>;
  /** Notes positions whose effect is stored; what every group has taken may be deleted. */
  taken(advances: readonly PositionAdvance[]): Promise<void>;
  /** Gives up a read under way. */
  close(): void;
}
