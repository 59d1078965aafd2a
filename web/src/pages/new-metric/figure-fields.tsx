import { TextField } from '../../components/text-field.tsx';
import { optionsOf } from '../../forms/options-of.ts';
import { SelectField } from '../../forms/select-field.tsx';
import { SuggestField } from '../../forms/suggest-field.tsx';
import type { Aggregation, ComparisonOperator } from '../../generated/graphql.ts';
import { aggregationWords, operatorWords } from '../../metrics/describe-metric.ts';
import { type MetricDraft, takesField } from './metric-draft.ts';
import type { OfferedField } from './offered.ts';

const aggregations = optionsOf(aggregationWords);
const operators = optionsOf(operatorWords);

interface FigureFieldsProps {
  draft: MetricDraft;
  change: (part: Partial<MetricDraft>) => void;
  fields: readonly OfferedField[];
  errors: Readonly<Record<string, string>>;
}

/** How events become a number, with what that takes: a field, a percentile, a condition. */
export function FigureFields({ draft, change, fields, errors }: FigureFieldsProps) {
  const { aggregation } = draft;
  const names = fields
    .filter(({ isNumber }) => isNumber || aggregation === 'DISTINCT')
    .map(({ name }) => name);
  return (
    <>
      <SelectField
        label="Figure"
        value={aggregation}
        options={aggregations}
        onChange={({ target }) => change({ aggregation: target.value as Aggregation })}
        error={errors.aggregation}
      />
      {takesField(aggregation) && (
        <SuggestField
          label="Field"
          required
          suggestions={names}
          value={draft.field}
          onChange={({ target }) => change({ field: target.value })}
          hint={
            aggregation === 'DISTINCT'
              ? 'Whose values are told apart.'
              : 'A number in the events’ data.'
          }
          error={errors.field}
        />
      )}
      {aggregation === 'PERCENTILE' && (
        <TextField
          label="Percentile"
          type="number"
          required
          min={0}
          max={100}
          step="any"
          value={draft.percentile}
          onChange={({ target }) => change({ percentile: target.value })}
          hint="95: the number that 95 in 100 events do not exceed."
          error={errors.percentile}
        />
      )}
      {aggregation === 'SHARE' && (
        <ConditionFields draft={draft} change={change} names={names} error={errors.condition} />
      )}
    </>
  );
}

interface ConditionFieldsProps extends Pick<FigureFieldsProps, 'draft' | 'change'> {
  names: readonly string[];
  error: string | undefined;
}

/** Which events are hits. */
function ConditionFields({ draft, change, names, error }: ConditionFieldsProps) {
  return (
    <div className="grid gap-1.5 sm:col-span-2 sm:grid-cols-3">
      <SuggestField
        label="Events whose"
        required
        suggestions={names}
        value={draft.conditionField}
        onChange={({ target }) => change({ conditionField: target.value })}
        error={error}
      />
      <SelectField
        label="is"
        value={draft.conditionOperator}
        options={operators}
        onChange={({ target }) => change({ conditionOperator: target.value as ComparisonOperator })}
      />
      <TextField
        label="the number"
        type="number"
        step="any"
        required
        value={draft.conditionValue}
        onChange={({ target }) => change({ conditionValue: target.value })}
      />
    </div>
  );
}
