import type { WidgetKind } from '../../../generated/graphql.ts';

/** The least columns of 12 that a widget of each kind is readable in. */
export type LeastSpans = Record<WidgetKind, number>;

export const wideLeastSpans: LeastSpans = { NUMBER: 3, TIME_SERIES: 6, BAR: 4, TABLE: 4 };
export const mediumLeastSpans: LeastSpans = { NUMBER: 4, TIME_SERIES: 12, BAR: 6, TABLE: 6 };
export const narrowLeastSpans: LeastSpans = { NUMBER: 6, TIME_SERIES: 12, BAR: 12, TABLE: 12 };

const columns = 12;

/**
 * Columns (of 12) for each widget, in the dashboard's order: a row takes as many as fit and shares
 * what is left among its charts, so that no row has a hole. Figures grow only in rows of their own.
 */
export function packRows(kinds: readonly WidgetKind[], least: LeastSpans): number[] {
  const spans: number[] = [];
  let row: WidgetKind[] = [];
  for (const kind of kinds) {
    if (widthOf([...row, kind], least) > columns) {
      spans.push(...stretch(row, least));
      row = [];
    }
    row.push(kind);
  }
  return [...spans, ...stretch(row, least)];
}

/** Gives the columns that are left to the row's growing widgets, the first ones getting the odd ones. */
function stretch(row: readonly WidgetKind[], least: LeastSpans): number[] {
  const left = columns - widthOf(row, least);
  const hasCharts = row.some((kind) => kind !== 'NUMBER');
  const grows = row.map((kind) => !hasCharts || kind !== 'NUMBER');
  const growing = grows.filter(Boolean).length;
  let odd = left % growing;
  return row.map((kind, index) => {
    if (!grows[index]) return least[kind];
    const extra = odd > 0 ? 1 : 0;
    odd -= extra;
    return least[kind] + Math.floor(left / growing) + extra;
  });
}

function widthOf(row: readonly WidgetKind[], least: LeastSpans): number {
  return row.reduce((total, kind) => total + least[kind], 0);
}
