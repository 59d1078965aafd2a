import { findPackageJSON } from 'node:module';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import {
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
} from 'hyparquet';
import { z } from 'zod';

/** One departure of the file flights-3m.parquet: US domestic flights, January to June 2001. */
export interface Flight {
  /** Its row in the file, from 0. */
  row: number;
  /** The scheduled departure, in local time written as if it were UTC. */
  date: Date;
  /** Minutes; negative when it left early. */
  delay: number;
  /** Miles. */
  distance: number;
  /** IATA code. */
  origin: string;
  /** IATA code. */
  destination: string;
}

const manifest = findPackageJSON('vega-datasets', import.meta.url);
if (!manifest) throw new Error('The package vega-datasets is not installed.');
export const flightsFile = join(manifest, '..', 'data', 'flights-3m.parquet');
export const airportsFile = join(manifest, '..', 'data', 'airports.csv');

/** The file's first and last departure. */
export const firstFlight = new Date('2001-01-01T00:01:00Z');
export const lastFlight = new Date('2001-07-01T00:00:00Z');

const rowSchema = z.object({
  date: z.date(),
  delay: z.bigint().transform(Number),
  distance: z.bigint().transform(Number),
  origin: z.string(),
  destination: z.string(),
});

const compressors = { ZSTD: (compressed: Uint8Array) => zstdDecompressSync(compressed) };
const rowsAtOnce = 20_000;

/** The flights in order of departure, from the first one at or after `from`. */
export async function* readFlights(from: Date = firstFlight): AsyncGenerator<Flight> {
  const file = await asyncBufferFromFile(flightsFile);
  const metadata = await parquetMetadataAsync(file);
  const total = Number(metadata.num_rows);
  for (let start = firstRowOfGroupWith(from, metadata); start < total; start += rowsAtOnce) {
    const rowEnd = Math.min(start + rowsAtOnce, total);
    const rows = await parquetReadObjects({ file, metadata, compressors, rowStart: start, rowEnd });
    for (const [index, row] of rows.entries()) {
      const flight = rowSchema.parse(row);
      if (flight.date >= from) yield { row: start + index, ...flight };
    }
  }
}

/** Skips the row groups whose last departure is before `from`. */
function firstRowOfGroupWith(from: Date, metadata: FileMetaData): number {
  let start = 0;
  for (const group of metadata.row_groups) {
    const last = group.columns[0]?.meta_data?.statistics?.max_value;
    if (!(last instanceof Date) || last >= from) return start;
    start += Number(group.num_rows);
  }
  return start;
}
