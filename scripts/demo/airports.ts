import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { airportsFile } from './flights.ts';

const rowsSchema = z.array(z.object({ iata: z.string(), city: z.string(), state: z.string() }));

/** airports.csv as a look-up table: iata, city, state, and a label such as `Chicago (ORD)`. */
export function airportsCsv(): string {
  const rows = rowsSchema.parse(parse(readFileSync(airportsFile), { columns: true }));
  const lines = rows.map(({ iata, city, state }) =>
    [iata, city, state, `${city} (${iata})`].map(quote).join(','),
  );
  return ['iata,city,state,label', ...lines].join('\n');
}

function quote(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}
