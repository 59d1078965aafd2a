import { TextField } from '../../../components/text-field.tsx';
import { SelectField } from '../../../forms/select-field.tsx';
import { isRecord } from '../../../graph/is-record.ts';
import { NamesField } from './names-field.tsx';
import { PairsField } from './pairs-field.tsx';
import type { ReadStage } from './read-stage.ts';
import { RouteForm } from './route-form.tsx';
import { type Rule, RulesField } from './rules-field.tsx';
import { type StageField, stageShapes } from './stage-shapes.ts';

interface StageFormProps {
  stage: ReadStage;
  change: (stage: ReadStage) => void;
}

/** A stage as a form for its kind. */
export function StageForm({ stage, change }: StageFormProps) {
  if (stage.kind === 'route') return <RouteForm stage={stage} change={change} />;
  return (
    <div className="grid gap-3">
      {stageShapes[stage.kind]?.map((field) => (
        <Field
          key={field.name}
          field={field}
          value={stage[field.name]}
          change={(value) => change({ ...stage, [field.name]: value })}
        />
      ))}
    </div>
  );
}

interface FieldProps {
  field: StageField;
  value: unknown;
  change: (value: unknown) => void;
}

/** What the stage was read by says which types there are. */
function Field({ field, value, change }: FieldProps) {
  switch (field.kind) {
    case 'text':
      return (
        <TextField
          spellCheck={false}
          label={field.label}
          hint={field.hint}
          value={String(value ?? '')}
          onChange={({ target }) => change(target.value)}
        />
      );
    case 'number':
      return (
        <TextField
          spellCheck={false}
          label={field.label}
          type="number"
          value={String(value ?? '')}
          onChange={({ target: { value: text } }) => change(text === '' ? undefined : Number(text))}
        />
      );
    case 'names':
      return (
        <NamesField
          label={field.label}
          hint={field.hint}
          given={(value ?? []) as readonly string[]}
          change={change}
        />
      );
    case 'choice':
      return (
        <SelectField
          label={field.label}
          options={field.choices}
          value={String(value ?? field.choices[0]?.value)}
          onChange={({ target }) => change(target.value)}
        />
      );
    case 'pairs':
      return <PairsField shape={field} given={isRecord(value) ? value : {}} change={change} />;
    case 'rules':
      return <RulesField given={(value ?? []) as readonly Rule[]} change={change} />;
  }
}
