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
  const lists = createListLoader(load, idOf);
  return new DataLoader(async (ids) => {
    const found = await lists.loadMany(ids);
    return found.map((rows) => (rows instanceof Error ? rows : (rows[0] ?? null)));
  });
}

/** A loader of all rows that belong to an id, in the order in which `load` answers them. */
export function createListLoader<Row>(
  load: (ids: string[]) => Promise<Row[]>,
  ownerOf: (row: Row) => string,
): DataLoader<string, Row[]> {
  return new DataLoader(async (ids) => {
    const wanted = ids.filter((id) => isUuid(id));
    const rows = wanted.length > 0 ? await load(wanted) : [];
    const byOwner = Map.groupBy(rows, ownerOf);
    return ids.map((id) => byOwner.get(id.toLowerCase()) ?? []);
  });
}
