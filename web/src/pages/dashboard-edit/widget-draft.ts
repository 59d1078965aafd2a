import type {
  CreateWidgetInput,
  EditedDashboardFragment,
  MetricPartsFragment,
  Step,
  WidgetKind,
} from '../../generated/graphql.ts';

export type EditedWidget = EditedDashboardFragment['widgets'][number];

/** A widget as the form holds it; what its kind does not take is kept, and not sent. */
export interface WidgetDraft {
  title: string;
  kind: WidgetKind;
  metricId: string;
  windowMinutes: number;
  step: Step;
  /** As typed. */
  limit: string;
  minimumCount: string;
  by: string[];
  where: { dimension: string; in: string[] }[];
}

/** A widget to begin with: the metric's last hour as a line. */
export function newDraft({ id, dimensions }: MetricPartsFragment): WidgetDraft {
  return {
    title: '',
    kind: 'TIME_SERIES',
    metricId: id,
    windowMinutes: 60,
    step: 'MINUTE',
    limit: '10',
    minimumCount: '1',
    by: dimensions.slice(0, 1),
    where: [],
  };
}

export function draftOf({ metric, limit, minimumCount, ...widget }: EditedWidget): WidgetDraft {
  const { title, kind, windowMinutes, step, by, where } = widget;
  return {
    title,
    kind,
    metricId: metric.id,
    windowMinutes,
    step,
    limit: String(limit),
    minimumCount: String(minimumCount),
    by: [...by],
    where: where.map(({ dimension, in: values }) => ({ dimension, in: [...values] })),
  };
}

/** Whether a kind shows groups. */
export const hasGroups = (kind: WidgetKind): boolean => kind === 'BAR' || kind === 'TABLE';

/** What is sent; a widget without a title is called as its metric. */
export function toWidgetInput(
  draft: WidgetDraft,
  metric: { name: string; dimensions: readonly string[] } | undefined,
): CreateWidgetInput {
  const { title, kind, metricId, windowMinutes, step, limit, minimumCount, by, where } = draft;
  // Dimensions of the metric that was chosen before mean nothing to another.
  const isKnown = (dimension: string) => metric?.dimensions.includes(dimension) ?? true;
  const known = by.filter(isKnown);
  return {
    title: title || (metric?.name ?? ''),
    kind,
    metricId,
    windowMinutes,
    step,
    where: where.filter(({ dimension }) => isKnown(dimension)),
    ...(hasGroups(kind) && { limit: Number(limit), minimumCount: Number(minimumCount) }),
    ...(hasGroups(kind) && known.length > 0 && { by: known }),
  };
}

/** Over hours single minutes are noise. */
export const stepFor = (windowMinutes: number): Step => (windowMinutes > 360 ? 'HOUR' : 'MINUTE');
