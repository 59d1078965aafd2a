import type { WidgetKind } from '../../generated/graphql.ts';
import { formatDuration } from '../../time/format-time.ts';
import type { EditedWidget } from './widget-draft.ts';

export const kindWords = {
  TIME_SERIES: 'Line over time',
  BAR: 'Bars by group',
  NUMBER: 'One figure',
  TABLE: 'Table by group',
} satisfies Record<WidgetKind, string>;

export const windowWords = (minutes: number): string => `last ${formatDuration(minutes * 60)}`;

/** e.g. "Bars by group · Average delay · last 1 h" */
export function describeWidget({ kind, metric, windowMinutes }: EditedWidget): string {
  return [kindWords[kind], metric.name, windowWords(windowMinutes)].join(' · ');
}
