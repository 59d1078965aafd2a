import { breakdownOf } from '../rollups/breakdown.ts';
import { groupMinutesCompleteFrom } from '../rollups/group-minutes.ts';

/** Which of a metric's groups are read: those with one of these values in each dimension named, by its place. */
export interface Selection {
  where: readonly { place: number; in: readonly string[] }[];
}

/** Groups that are told apart by dimensions, by their places in this order. */
export interface GroupSelection extends Selection {
  by: readonly number[];
}

/** A condition on a metric's dimension by name, as requests and widgets hold it. */
export type DimensionFilter = { dimension: string; in: string[] };

/** The breakdown with the fewest rows that tells apart what is asked for. */
export const breakdownFor = ({ where, by = [] }: Selection & { by?: readonly number[] }): number =>
  breakdownOf([...by, ...where.map(({ place }) => place)]);

/** From when on the rollups that are read have their minutes; in milliseconds since 1970. */
export const minutesFrom = (selection: Selection, now: number): number =>
  breakdownFor(selection) === 0 ? 0 : groupMinutesCompleteFrom(now);

/** By places; all names are the metric's, which was checked. */
export function toSelection(
  { dimensions }: { dimensions: readonly string[] },
  { by, where }: { by: readonly string[]; where: readonly DimensionFilter[] },
): GroupSelection {
  const placeOf = (dimension: string) => dimensions.indexOf(dimension);
  return {
    by: by.map(placeOf),
    where: where.map(({ dimension, in: wanted }) => ({ place: placeOf(dimension), in: wanted })),
  };
}
