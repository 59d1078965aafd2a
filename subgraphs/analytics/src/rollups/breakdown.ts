/**
 * A metric's rollups are kept for every choice of its dimensions, so that each question is read from
 * rows that tell apart what it asks for and nothing more. Such a choice, a breakdown, is a number: bit 0
 * stands for the metric's first dimension, bit 1 for the second, and so on; 0 is all events together.
 */

/** With three there are eight breakdowns to write; a fourth would double that. */
export const mostDimensions = 3;

/** In breakdowns of several dimensions it parts their values; PostgreSQL holds no text with it. */
const separator = '\0';

/** A value for each dimension there can be; "" where the breakdown does not tell it apart. */
export type Members = [string, string, string];

/** What tells all of so many dimensions apart. */
export const finestBreakdown = (dimensions: number): number => 2 ** dimensions - 1;

/** Of dimensions by their place, from 0. */
export const breakdownOf = (places: readonly number[]): number =>
  places.reduce((breakdown, place) => breakdown | (1 << place), 0);

/** The breakdowns with fewer dimensions than this one, 0 included. */
export const coarserBreakdowns = (breakdown: number): number[] =>
  Array.from({ length: breakdown }, (_, other) => other).filter(
    (other) => (other & breakdown) === other,
  );

/** A group of a breakdown as one text: the values of its dimensions in order. */
export const joinGroup = (values: readonly string[]): string => values.join(separator);

/** The group that a finer breakdown's group is part of. */
export function coarserGroup(group: string, finer: number, breakdown: number): string {
  if (breakdown === 0) return '';
  const members = membersOf(group, finer);
  return joinGroup(members.filter((_, place) => breakdown & (1 << place)));
}

export function membersOf(group: string, breakdown: number): Members {
  if (breakdown < 2) return [group, '', ''];
  const values = group.split(separator).values();
  const member = (place: number) =>
    breakdown & (1 << place) ? String(values.next().value ?? '') : '';
  return [member(0), member(1), member(2)];
}
