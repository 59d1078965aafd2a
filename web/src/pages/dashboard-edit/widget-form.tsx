import { TextField } from '../../components/text-field.tsx';
import { Form } from '../../forms/form.tsx';
import { SelectField } from '../../forms/select-field.tsx';
import { GroupFields } from './group-fields.tsx';
import { KindFields } from './kind-fields.tsx';
import { useWidgetForm, type WidgetFormOptions } from './use-widget-form.ts';
import { WidgetFilters } from './widget-filters.tsx';

/** What a widget shows, and how. */
export function WidgetForm(options: WidgetFormOptions) {
  const { form, draft, metric, change, chooseMetric } = useWidgetForm(options);
  const { byField } = form.errors;
  return (
    <Form form={form} action={options.widget ? 'Save the widget' : 'Add the widget'} width="wide">
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label="Metric"
          value={draft.metricId}
          options={options.metrics.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={({ target }) => chooseMetric(target.value)}
          error={byField.metricId}
        />
        <TextField
          label="Title"
          maxLength={200}
          value={draft.title}
          placeholder={metric?.name}
          onChange={({ target }) => change({ title: target.value })}
          error={byField.title}
        />
        <KindFields draft={draft} change={change} errors={byField} />
        <GroupFields draft={draft} metric={metric} change={change} errors={byField} />
        <WidgetFilters draft={draft} metric={metric} change={change} error={byField.where} />
      </div>
    </Form>
  );
}
