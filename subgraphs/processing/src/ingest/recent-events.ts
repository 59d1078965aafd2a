import { createHmac, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** In each of two generations: when the younger is full, the elder is forgotten. */
const generation = 50_000;

/** What makes a record the same record: its event's id, and a checksum of source, time and the record's text. */
export interface RecordMark {
  id: string;
  checksum: number;
}

/**
 * Which records this process accepted lately, so that a producer that sends one again is told. Only the
 * same text counts: a corrected event under the old id is another record.
 */
export interface RecentEvents {
  /**
   * Where the checksums of a source's records begin. Nobody can tell it, so that nobody can send what is
   * taken for a record of somebody else's source: of a checksum alone, that could be computed.
   */
  seedOf(sourceId: string): number;
  has(mark: RecordMark): boolean;
  /** Once they are durable, never before. */
  remember(marks: ReadonlyMap<string, number>): void;
}

/** `seed` is that of the source, which records of a batch have in common. */
export function markOf(
  seed: number,
  event: { id: string; time: string },
  text: string,
): RecordMark {
  return { id: event.id, checksum: crc32(text, crc32(event.time, seed)) };
}

export function createRecentEvents(): RecentEvents {
  const secret = randomBytes(32);
  let younger = new Map<string, number>();
  let elder = younger;
  return {
    seedOf: (sourceId) => createHmac('sha256', secret).update(sourceId).digest().readUInt32BE(),
    has: ({ id, checksum }) => younger.get(id) === checksum || elder.get(id) === checksum,
    remember(marks) {
      for (const [id, checksum] of marks) {
        if (younger.size >= generation) {
          elder = younger;
          younger = new Map();
        }
        younger.set(id, checksum);
      }
    },
  };
}
