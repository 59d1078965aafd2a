import type { ExportedEvent } from '../../stores/export-store.ts';

/** Turns pages of events into the pieces of a file, which may be empty; only what `end` answers makes it whole. */
export interface ExportWriter {
  /** That are written at once: writing holds up everything else in the process. */
  readonly eventsAtATime: number;
  begin(): string | Uint8Array;
  write(events: readonly ExportedEvent[]): string | Uint8Array;
  end(): string | Uint8Array;
}

/** Events of so many columns whose writing takes some hundredths of a second. */
export const eventsOfColumns = (columns: number): number => Math.ceil(20_000 / columns);

export type Data = Readonly<Record<string, unknown>>;

/** PostgreSQL keeps objects alone as `data`. */
export const dataOf = ({ data }: Pick<ExportedEvent, 'data'>): Data => JSON.parse(data) as Data;

export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();
