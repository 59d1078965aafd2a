import { readField, toFieldPath, withField } from './field-path.ts';
import { shownPath, shownValue } from './shown-value.ts';
import type { EnrichDefinition, Stage } from './stage.ts';

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
    const owned = new Set<object>();
    let enriched = data;
    for (const { to, column } of additions) {
      const value = row && Object.hasOwn(row, column) ? row[column] : null;
      const written = withField(enriched, to, value, owned);
      if (!written)
        return failed(shownPath(['data', ...to]), 'expected objects on the way to this field');
      enriched = written;
    }
    return { kind: 'passed', data: enriched };
  };
}

/** Keys are text, as in the CSV they came from; what has no text finds nothing. */
function toKey(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

function failed(field: string | null, reason: string) {
  return { kind: 'failed' as const, failure: { stage: 'ENRICH' as const, field, reason } };
}
