import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { useForm } from '../../forms/use-form.ts';
import type { MetricPartsFragment } from '../../generated/graphql.ts';
import { addWidgetMutation, changeWidgetMutation } from './dashboard-edit-documents.ts';
import { draftOf, type EditedWidget, newDraft, toWidgetInput } from './widget-draft.ts';

const fields = [
  'title',
  'kind',
  'metricId',
  'windowMinutes',
  'step',
  'limit',
  'minimumCount',
  'by',
  'where',
];

export interface WidgetFormOptions {
  dashboardId: string;
  metrics: readonly MetricPartsFragment[];
  /** The metric that is chosen to begin with. */
  first: MetricPartsFragment;
  /** The one to change; a new one without. */
  widget?: EditedWidget;
  onDone?: () => void;
}

export function useWidgetForm(options: WidgetFormOptions) {
  const { dashboardId, metrics, first, widget, onDone } = options;
  const [draft, setDraft] = useState(() => (widget ? draftOf(widget) : newDraft(first)));
  const [add] = useMutation(addWidgetMutation);
  const [change] = useMutation(changeWidgetMutation);
  const metric = metrics.find(({ id }) => id === draft.metricId);

  const form = useForm({
    fields,
    async send() {
      const contents = toWidgetInput(draft, metric);
      if (!widget) {
        const variables = { input: { dashboardId, widget: contents } };
        return (await add({ variables })).data?.addWidget;
      }
      const variables = { input: { id: widget.id, widget: contents } };
      return (await change({ variables })).data?.changeWidget;
    },
    onDone: () => onDone?.(),
  });

  return {
    form,
    draft,
    metric,
    change: (part: Partial<typeof draft>) => setDraft({ ...draft, ...part }),
    chooseMetric(id: string): void {
      const chosen = metrics.find((one) => one.id === id);
      setDraft({ ...draft, metricId: id, by: chosen?.dimensions.slice(0, 1) ?? [], where: [] });
    },
  };
}
