import { crc32 } from 'node:zlib';

/** In each of two generations: when the younger is full, the elder is forgotten. */
const generation = 50_000;

/** What makes a record the same record: its event's identity and a checksum of its text. */
export interface RecordMark {
  identity: string;
  checksum: number;
}

/**
 * Which records this process accepted lately, so that a producer that sends one again is told. Only the
 * same text counts: a corrected event under the old id is another record.
 */
export interface RecentEvents {
  has(mark: RecordMark): boolean;
  /** Once they are durable, never before. */
  remember(marks: ReadonlyMap<string, number>): void;
}

export function markOf(
  sourceId: string,
  event: { id: string; time: string },
  text: string,
): RecordMark {
  return { identity: `${sourceId}/${event.time}/${event.id}`, checksum: crc32(text) };
}

export function createRecentEvents(): RecentEvents {
  let younger = new Map<string, number>();
  let elder = younger;
  return {
    has: ({ identity, checksum }) =>
      younger.get(identity) === checksum || elder.get(identity) === checksum,
    remember(marks) {
      for (const [identity, checksum] of marks) {
        if (younger.size >= generation) {
          elder = younger;
          younger = new Map();
        }
        younger.set(identity, checksum);
      }
    },
  };
}
