import type { ImportMapping } from '../import-mapping.ts';
import type { Row } from '../read/row.ts';

/** A row that was not taken, as its workspace may download it. */
export interface RejectedRow {
  /** From 1, the header not counted. */
  row: number;
  /** The column that it lies in; null when it is the whole row. */
  column: string | null;
  /** Dotted path within the event, e.g. data.delay; null when it is the whole row. */
  field: string | null;
  reason: string;
  /** What may help. */
  hint: string;
  /** By column; the text of a row that could not be read. */
  original: unknown;
}

/** Of an original, as JSON: the file itself has the rest. */
const longestOriginal = 65_536;

export function rejectedRow(
  row: Row,
  failure: { field: string | null; reason: string },
  mapping: ImportMapping,
): RejectedRow {
  const { field, reason } = failure;
  const column = columnOf(field, mapping);
  return {
    row: row.number,
    column,
    field,
    reason,
    hint: hintFor(row, field, column, mapping),
    original: shortened(row.text ?? row.value ?? null),
  };
}

function columnOf(field: string | null, mapping: ImportMapping): string | null {
  if (field === null || mapping.layout === 'EVENTS') return null;
  if (field === 'id') return mapping.idColumn;
  if (field === 'time') return mapping.timeColumn;
  if (field === 'subject') return mapping.subjectColumn;
  const path = field.replace(/^data\./, '');
  const found = mapping.fields.find(({ name }) => path === name || path.startsWith(`${name}.`));
  return found?.column ?? null;
}

function hintFor(
  { value }: Row,
  field: string | null,
  column: string | null,
  { layout, eventType }: ImportMapping,
): string {
  if (!value) return 'Correct the row in the file; the rows around it were read.';
  if (field === 'time') return 'Choose the format of the time column, or correct the value.';
  if (field === 'type')
    return `Register the event type ${eventType ?? ''}, or let its source accept unknown types.`;
  if (column !== null) {
    return `Correct the value, choose another type for the column ${column}, or leave the column out.`;
  }
  if (layout === 'EVENTS') return 'Correct the event; docs/events.md says what one looks like.';
  return `Correct the row, or compare the mapping with the schema of ${eventType ?? 'its type'}.`;
}

function shortened(original: unknown): unknown {
  if (typeof original === 'string') return original.slice(0, longestOriginal);
  try {
    const text = JSON.stringify(original);
    return text.length <= longestOriginal ? original : text.slice(0, longestOriginal);
  } catch {
    return 'nested too deeply to be shown';
  }
}
