import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useForm } from '../../forms/use-form.ts';
import { emptyDraft, type MetricDraft, toMetricInput } from './metric-draft.ts';
import { createMetricMutation, seenTypesQuery } from './new-metric-documents.ts';
import { offeredFields, offeredTypes, type RegisteredType } from './offered.ts';

const mostFilters = 10;
const fieldNames = [
  'name',
  'unit',
  'sourceId',
  'eventType',
  'aggregation',
  'field',
  'percentile',
  'condition',
  'filters',
  ...Array.from({ length: mostFilters }, (_, place) => `filters.${place}`),
  'dimensions',
];

/** A metric that is being thought out: its draft, what is offered for it, and its sending. */
export function useMetricForm(source: { id: string }, registered: readonly RegisteredType[]) {
  const navigate = useNavigate();
  const [held, setDraft] = useState<MetricDraft>({ ...emptyDraft, sourceId: source.id });
  const { data } = useQuery(seenTypesQuery, { variables: { sourceId: held.sourceId } });
  const [create] = useMutation(createMetricMutation);
  const seen = data?.source?.seenTypes ?? [];
  const types = offeredTypes(seen, registered);
  const [isTypeTyped, setTypeTyped] = useState(false);
  // Until one is typed, the type that is offered first is the chosen one.
  const draft = isTypeTyped ? held : { ...held, eventType: types[0] ?? '' };

  const form = useForm({
    fields: fieldNames,
    send: async () =>
      (await create({ variables: { input: toMetricInput(draft) } })).data?.createMetric,
    onDone: ({ metric }) =>
      void navigate(metric ? `/analytics/metrics/${metric.id}` : '/analytics/metrics'),
  });

  return {
    form,
    draft,
    types,
    fields: offeredFields(draft.eventType, seen, registered),
    change(part: Partial<MetricDraft>): void {
      if (part.sourceId !== undefined) setTypeTyped(false);
      else if (part.eventType !== undefined) setTypeTyped(true);
      setDraft({ ...draft, ...part });
    },
  };
}
