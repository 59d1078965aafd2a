import DataLoader from 'dataloader';
import { validate as isUuid } from 'uuid';

/** Keys that are no UUID name nothing, and PostgreSQL would refuse them. */
async function fetchValid<Row>(
  keys: readonly string[],
  fetch: (keys: string[]) => Promise<Row[]>,
): Promise<Row[]> {
  const valid = keys.filter(isUuid);
  return valid.length > 0 ? fetch(valid) : [];
}

const options = { cacheKeyFn: (key: string) => key.toLowerCase() };

/** For one request: loads the row of each id, many in one statement; null where there is none. */
export function createRowLoader<Row>(
  fetch: (keys: string[]) => Promise<Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row | null, string> {
  return new DataLoader(async (keys) => {
    const rows = new Map((await fetchValid(keys, fetch)).map((row) => [keyOf(row), row]));
    return keys.map((key) => rows.get(key.toLowerCase()) ?? null);
  }, options);
}

/** For one request: loads the rows that belong to each id, in the order they were fetched. */
export function createRowsLoader<Row>(
  fetch: (keys: string[]) => Promise<Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row[], string> {
  return new DataLoader(async (keys) => {
    const groups = Map.groupBy(await fetchValid(keys, fetch), keyOf);
    return keys.map((key) => groups.get(key.toLowerCase()) ?? []);
  }, options);
}
