import { TributaryError } from '@tributary/errors';

/**
 * What a non-null field refers to.
 * @throws NOT_FOUND when it was deleted after what refers to it was read.
 */
export function present<Row>(row: Row | null): Row {
  if (row !== null) return row;
  throw new TributaryError('NOT_FOUND', 'It was deleted a moment ago.');
}
