import { TextField } from '../../components/text-field.tsx';
import { ValuesField } from '../../forms/values-field.tsx';
import { suggestName } from '../../metrics/describe-metric.ts';
import { type MetricDraft, toCounted } from './metric-draft.ts';
import type { OfferedField } from './offered.ts';

interface NamingFieldsProps {
  draft: MetricDraft;
  change: (part: Partial<MetricDraft>) => void;
  fields: readonly OfferedField[];
  errors: Readonly<Record<string, string>>;
}

/** What the figure is told apart by, written with and called. */
export function NamingFields({ draft, change, fields, errors }: NamingFieldsProps) {
  return (
    <>
      <ValuesField
        label="Dimensions"
        values={draft.dimensions}
        most={3}
        change={(dimensions) => change({ dimensions })}
        suggestions={fields.map(({ name }) => name)}
        hint="Fields to break down and to filter by, at most three."
        error={errors.dimensions}
      />
      <TextField
        label="Unit"
        maxLength={20}
        value={draft.unit}
        onChange={({ target }) => change({ unit: target.value })}
        hint="What values are written with, e.g. min; none for plain numbers."
        error={errors.unit}
      />
      <div className="sm:col-span-2">
        <TextField
          label="Name"
          maxLength={200}
          value={draft.name}
          placeholder={suggestName(toCounted(draft))}
          onChange={({ target }) => change({ name: target.value })}
          hint="The proposed one when left empty."
          error={errors.name}
        />
      </div>
    </>
  );
}
