import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { airportsFile } from './flights.ts';

const rowsSchema = z.array(z.object({ iata: z.string(), city: z.string(), state: z.string() }));

/** airports.csv as a look-up table: iata, city, state, and a label such as `Chicago (ORD)`. */
export function airportsCsv(): string {
  const lines = readAirports().map(({ iata, city, state }) =>
    [iata, city, state, labelOf({ iata, city })].map(quote).join(','),
  );
  return ['iata,city,state,label', ...lines].join('\n');
}

/** The label of every airport, by IATA code. */
export function airportLabels(): Map<string, string> {
  return new Map(readAirports().map((airport) => [airport.iata, labelOf(airport)]));
}

function readAirports() {
  return rowsSchema.parse(parse(readFileSync(airportsFile), { columns: true }));
}

function labelOf({ iata, city }: { iata: string; city: string }): string {
  return `${city} (${iata})`;
}

function quote(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}
