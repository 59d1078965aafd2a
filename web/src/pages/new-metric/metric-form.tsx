import { Panel } from '../../components/panel.tsx';
import { Form } from '../../forms/form.tsx';
import { describeMetric } from '../../metrics/describe-metric.ts';
import { FigureFields } from './figure-fields.tsx';
import { FiltersField } from './filters-field.tsx';
import { toCounted } from './metric-draft.ts';
import { NamingFields } from './naming-fields.tsx';
import type { RegisteredType } from './offered.ts';
import { type Source, SourceFields } from './source-fields.tsx';
import { useMetricForm } from './use-metric-form.ts';

interface MetricFormProps {
  sources: readonly Source[];
  /** What is chosen to begin with. */
  first: Source;
  registered: readonly RegisteredType[];
}

/** What is counted, how, of which events, and by what it can be broken down. */
export function MetricForm({ sources, first, registered }: MetricFormProps) {
  const { form, draft, change, types, fields } = useMetricForm(first, registered);
  const { byField } = form.errors;
  const counted = toCounted(
    draft,
    sources.find(({ id }) => id === draft.sourceId),
  );
  return (
    <Form form={form} action="Create the metric" width="wide">
      <Panel className="grid gap-4 p-4 sm:grid-cols-2">
        <SourceFields
          draft={draft}
          change={change}
          sources={sources}
          types={types}
          errors={byField}
        />
        <FigureFields draft={draft} change={change} fields={fields} errors={byField} />
      </Panel>
      <FiltersField fields={fields} errors={byField} change={(filters) => change({ filters })} />
      <Panel className="grid gap-4 p-4 sm:grid-cols-2">
        <NamingFields draft={draft} change={change} fields={fields} errors={byField} />
      </Panel>
      <p className="text-[13px] text-muted">
        Counts: <span className="text-ink">{describeMetric(counted)}</span>
      </p>
    </Form>
  );
}
