import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/text-field.tsx';
import { SelectField } from '../../forms/select-field.tsx';
import { SuggestField } from '../../forms/suggest-field.tsx';
import { useRows } from '../../forms/use-rows.ts';
import { ValuesField } from '../../forms/values-field.tsx';
import { emptyFilter, type FilterDraft, type FilterTest } from './metric-draft.ts';
import type { OfferedField } from './offered.ts';

const tests: readonly { value: FilterTest; label: string }[] = [
  { value: 'in', label: 'is one of' },
  { value: 'notIn', label: 'is none of' },
  { value: 'atLeast', label: 'is at least' },
  { value: 'below', label: 'is below' },
];

interface FiltersFieldProps {
  fields: readonly OfferedField[];
  errors: Readonly<Record<string, string>>;
  change: (filters: FilterDraft[]) => void;
}

/** Conditions that an event has to pass to count at all. */
export function FiltersField({ fields, errors, change }: FiltersFieldProps) {
  const { rows, ...list } = useRows<FilterDraft>([], change);
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-[13px] font-medium">
        Filters
        <span className="font-normal text-muted"> · only events that pass all of them count</span>
      </legend>
      {rows.map(({ key, value: filter }, place) => (
        <div
          key={key}
          className="grid items-start gap-2 rounded-lg border border-line bg-surface p-3 sm:grid-cols-[1fr_auto]"
        >
          <FilterFields
            name={`filter ${place + 1}`}
            filter={filter}
            fields={fields}
            change={(part) => list.change(key, part)}
            error={errors[`filters.${place}`]}
          />
          <Button look="quiet" onClick={() => list.remove(key)} className="justify-self-start">
            Remove<span className="sr-only"> filter {place + 1}</span>
          </Button>
        </div>
      ))}
      <p role="alert" className="text-[13px] text-critical empty:hidden">
        {errors.filters}
      </p>
      <div>
        <Button onClick={() => list.add(emptyFilter)}>Add a filter</Button>
      </div>
    </fieldset>
  );
}

interface FilterFieldsProps {
  name: string;
  filter: FilterDraft;
  fields: readonly OfferedField[];
  change: (part: Partial<FilterDraft>) => void;
  error: string | undefined;
}

function FilterFields({ name, filter, fields, change, error }: FilterFieldsProps) {
  const { field, test, values, limit } = filter;
  const examples = fields.find((one) => one.name === field)?.examples ?? [];
  return (
    <div className="grid items-start gap-2 sm:grid-cols-3">
      <SuggestField
        label={`Field of ${name}`}
        isLabelShown={false}
        placeholder="Field"
        required
        suggestions={fields.map((one) => one.name)}
        value={field}
        onChange={({ target }) => change({ field: target.value })}
        error={error}
      />
      <SelectField
        label={`Test of ${name}`}
        isLabelShown={false}
        value={test}
        options={tests}
        onChange={({ target }) => change({ test: target.value as FilterTest })}
      />
      {test === 'in' || test === 'notIn' ? (
        <ValuesField
          label={`Values of ${name}`}
          isLabelShown={false}
          values={values}
          suggestions={examples}
          change={(changed) => change({ values: changed })}
        />
      ) : (
        <TextField
          label={`Number of ${name}`}
          isLabelShown={false}
          type="number"
          step="any"
          required
          value={limit}
          onChange={({ target }) => change({ limit: target.value })}
        />
      )}
    </div>
  );
}
