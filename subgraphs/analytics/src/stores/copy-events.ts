import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DatabaseError, type PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { StoredEvent } from '../rollups/stored-event.ts';

const uniqueViolation = '23505';
/** Lines written at a time: PostgreSQL stores them while the next are made. */
const linesAtATime = 250;
const special = /[\\\t\n\r]/;

/**
 * Writes events by COPY, half the work of an INSERT, in the caller's transaction. False, and nothing
 * written, when one of them is stored already.
 */
export async function copyEvents(
  client: PoolClient,
  events: readonly StoredEvent[],
): Promise<boolean> {
  await client.query('SAVEPOINT before_copy');
  try {
    const target = client.query(
      copyFrom(
        'COPY event (workspace_id, source_id, event_id, time, type, data, accepted_at) FROM STDIN',
      ),
    );
    await pipeline(Readable.from(textsOf(events)), target);
    await client.query('RELEASE SAVEPOINT before_copy');
    return true;
  } catch (error) {
    if (!(error instanceof DatabaseError && error.code === uniqueViolation)) throw error;
    await client.query('ROLLBACK TO SAVEPOINT before_copy');
    return false;
  }
}

function* textsOf(events: readonly StoredEvent[]): Generator<string> {
  for (let start = 0; start < events.length; start += linesAtATime) {
    yield events
      .slice(start, start + linesAtATime)
      .map(toLine)
      .join('');
  }
}

/** https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2 */
function toLine(event: StoredEvent): string {
  return `${event.workspaceId}\t${event.sourceId}\t${escaped(event.eventId)}\t${event.timeText}\t${escaped(event.type)}\t${escaped(JSON.stringify(event.data))}\t${event.acceptedText}\n`;
}

function escaped(text: string): string {
  if (!special.test(text)) return text;
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}
