import type { ExportedEvent } from '../../stores/export-store.ts';

/** Turns pages of events into the pieces of a file, which may be empty; only what `end` answers makes it whole. */
export interface ExportWriter {
  begin(): string | Uint8Array;
  write(events: readonly ExportedEvent[]): string | Uint8Array;
  end(): string | Uint8Array;
}

export type Data = Readonly<Record<string, unknown>>;

/** PostgreSQL keeps objects alone as `data`. */
export const dataOf = ({ data }: Pick<ExportedEvent, 'data'>): Data => JSON.parse(data) as Data;

export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();
