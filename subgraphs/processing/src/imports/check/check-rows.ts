/** Rows → events that the log may take, rows that were rejected, and how many had come before. */
import type { EventReceived } from '@tributary/events';
import { type CheckedEvent, type CheckOptions, checkRecord } from '../../ingest/check-record.ts';
import { type EventOrigin, toReceivedEvent } from '../../ingest/received-event.ts';
import type { ImportMapping } from '../import-mapping.ts';
import type { MapRow } from '../map/map-row.ts';
import type { Row } from '../read/row.ts';
import { type RejectedRow, rejectedRow } from './rejected-row.ts';
import type { RowWindow } from './row-window.ts';

export interface CheckRowsOptions extends Omit<CheckOptions, 'now'> {
  mapping: ImportMapping;
  mapRow: MapRow;
  origin: EventOrigin;
  window: RowWindow;
}

export interface CheckedRows {
  good: EventReceived[];
  rejected: RejectedRow[];
  duplicates: number;
}

type CheckedRow =
  | { kind: 'good'; event: CheckedEvent }
  | { kind: 'bad'; failure: { field: string | null; reason: string } };

/** Text so short that its data cannot be too large, so that most rows are not written as JSON for that. */
const surelySmall = 80_000;

export function checkRows(rows: readonly Row[], options: CheckRowsOptions): CheckedRows {
  const checked: CheckedRows = { good: [], rejected: [], duplicates: 0 };
  const now = new Date();
  for (const row of rows) {
    const outcome = checkRow(row, { ...options, now });
    if (outcome.kind === 'bad') {
      checked.rejected.push(rejectedRow(row, outcome.failure, options.mapping));
    } else if (options.window.isNew(row.number, outcome.event)) {
      checked.good.push(toReceivedEvent(outcome.event, options.origin));
    } else {
      checked.duplicates += 1;
    }
  }
  return checked;
}

/** One row that a schema chokes on must not cost the others their turn. */
function checkRow(row: Row, options: CheckRowsOptions & CheckOptions): CheckedRow {
  const mapped = options.mapRow(row);
  if (mapped.kind === 'bad') return { kind: 'bad', failure: mapped };
  const text = row.text ?? longText(mapped.event.data);
  try {
    return checkRecord({ text, value: mapped.event }, options);
  } catch {
    const reason = 'could not be checked: its schema cannot be applied to it';
    return { kind: 'bad', failure: { field: null, reason } };
  }
}

/** The data as JSON where it might be too large. */
function longText(data: unknown): string {
  if (typeof data !== 'object' || data === null) return '';
  let length = 0;
  for (const value of Object.values(data)) {
    if (typeof value === 'string') length += value.length;
    else if (typeof value === 'object' && value !== null) return JSON.stringify(data);
  }
  return length < surelySmall ? '' : JSON.stringify(data);
}
