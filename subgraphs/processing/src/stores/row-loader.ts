import DataLoader from 'dataloader';
import { validate as isUuid } from 'uuid';

/**
 * A loader of one row per id, for one request: `load` reads many ids in one statement.
 * Null for ids that are no UUIDs or that `load` knows nothing of.
 */
export function createRowLoader<Row>(
  load: (ids: string[]) => Promise<Row[]>,
  idOf: (row: Row) => string,
): DataLoader<string, Row | null> {
  return new DataLoader(async (ids) => {
    const wanted = ids.filter((id) => isUuid(id));
    const rows = wanted.length > 0 ? await load(wanted) : [];
    const byId = new Map(rows.map((row) => [idOf(row), row]));
    return ids.map((id) => byId.get(id.toLowerCase()) ?? null);
  });
}
