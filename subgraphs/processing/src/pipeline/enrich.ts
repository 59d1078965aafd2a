import { addFields } from './add-fields.ts';
import { readField, toFieldPath } from './field-path.ts';
import { shownValue } from './shown-value.ts';
import type { Stage } from './stage.ts';
import type { EnrichDefinition } from './stage-definition.ts';

/** A look-up table's rows by key; a row is its columns by name. */
export type LookupRows = ReadonlyMap<string, Readonly<Record<string, string>>>;

/**
 * Adds columns of the row that `on` names. Where the table has no such key the fields are null,
 * so that consumers find the same fields on every event; a missing table fails the record.
 */
export function compileEnrich(definition: EnrichDefinition, rows: LookupRows | undefined): Stage {
  const on = toFieldPath(definition.on);
  const additions = Object.entries(definition.add).map(([to, column]) => ({
    to: toFieldPath(to),
    column,
  }));
  if (!rows)
    return () =>
      failed(null, `expected the look-up table ${shownValue(definition.table)}, got none`);

  return (data) => {
    const key = toKey(readField(data, on));
    const row = key === undefined ? undefined : rows.get(key);
    const cellOf = (column: string) => (row && Object.hasOwn(row, column) ? row[column] : null);
    return addFields(
      data,
      additions.map(({ to, column }) => [to, cellOf(column)]),
    );
  };
}

/** Keys are text, as in the CSV they came from; what has no text finds nothing. */
export function toKey(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

function failed(field: string | null, reason: string) {
  return { kind: 'failed' as const, failure: { stage: 'ENRICH' as const, field, reason } };
}
