import { pipeline } from 'node:stream/promises';
import { airportLabels } from '@tributary/scripts/demo/airports';
import { toFlightEvent } from '@tributary/scripts/demo/flight-event';
import { readFlights } from '@tributary/scripts/demo/flights';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export interface StoreFlightsOptions {
  databaseUrl: string;
  workspaceId: string;
  sourceId: string;
  /** Events that are to be there in the end. */
  count: number;
}

const perYear = 3_000_000;
const day = 86_400_000;

/**
 * Fills the event table as the pipeline would have, at the speed of COPY: the flights of half a year,
 * the last of them today; what goes beyond them are the same flights a year earlier each time.
 */
export async function storeFlights(options: StoreFlightsOptions): Promise<void> {
  const client = new Client({ connectionString: options.databaseUrl });
  await client.connect();
  try {
    await client.query('TRUNCATE event');
    const target = client.query(
      copyFrom(
        'COPY event (workspace_id, source_id, event_id, time, type, data, accepted_at) FROM STDIN',
      ),
    );
    await pipeline(() => rows(options, Math.min(options.count, perYear)), target);
    for (let stored = perYear, year = 1; stored < options.count; stored += perYear, year += 1) {
      await client.query(
        `INSERT INTO event SELECT workspace_id, source_id, event_id || $1::text, time - make_interval(days => $2), type, data, accepted_at
         FROM event WHERE time > $3`,
        [`-${year}`, year * 365, new Date(Date.now() - 300 * day)],
      );
    }
    await client.query('ANALYZE event');
  } finally {
    await client.end();
  }
}

/** Does at once what PostgreSQL would do in the background after so many rows, beside the queries that are measured. */
export async function tidyUp(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('VACUUM (ANALYZE)');
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}

/** Of all flights evenly many, so that fewer of them cover the same half year. */
async function* rows({ workspaceId, sourceId }: StoreFlightsOptions, count: number) {
  const labels = airportLabels();
  const every = perYear / count;
  const shift = Math.floor(Date.now() / day) * day - Date.UTC(2001, 6, 1);
  let seen = 0;
  let taken = 0;
  let text = '';
  for await (const flight of readFlights()) {
    seen += 1;
    if (seen < taken * every) continue;
    const time = new Date(flight.date.getTime() + shift);
    const { id, type, data } = toFlightEvent(flight, { id: `${flight.row}`, time });
    const stored = { ...data, origin_label: labels.get(flight.origin) };
    const at = time.toISOString();
    text += `${[workspaceId, sourceId, id, at, type, JSON.stringify(stored), at].join('\t')}\n`;
    taken += 1;
    if (taken % 1_000 === 0 || taken === count) {
      yield text;
      text = '';
    }
    if (taken === count) return;
  }
  yield text;
}
