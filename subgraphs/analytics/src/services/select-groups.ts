import { TributaryError } from '@tributary/errors';
import { type DimensionFilter, type GroupSelection, toSelection } from '../queries/selection.ts';
import { unknownDimensions } from './dimension-schemas.ts';

export interface GivenSelection {
  /** Null for the metric's first dimension. */
  by?: readonly string[] | null;
  where: readonly DimensionFilter[];
}

/** @throws INVALID_INPUT naming the first dimension that the metric does not have. */
export function selectGroups(
  metric: { dimensions: readonly string[] },
  { by, where }: GivenSelection,
): GroupSelection {
  const asked = { by: by ?? metric.dimensions.slice(0, 1), where };
  const [unknown] = unknownDimensions(metric, asked);
  if (!unknown) return toSelection(metric, asked);
  const field = [...(unknown.field ?? [])];
  throw new TributaryError('INVALID_INPUT', `${field.join('.')}: ${unknown.message}`, field);
}
