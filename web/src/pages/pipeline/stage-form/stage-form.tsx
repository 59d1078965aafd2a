import { Input, Select } from './field.tsx';
import { NamesField } from './names-field.tsx';
import { PairsField } from './pairs-field.tsx';
import { isRecord, type ReadStage } from './read-stage.ts';
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
        <Input label={field.label} hint={field.hint} value={String(value ?? '')} change={change} />
      );
    case 'number':
      return (
        <Input
          label={field.label}
          type="number"
          value={String(value ?? '')}
          change={(text) => change(text === '' ? undefined : Number(text))}
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
        <Select
          label={field.label}
          choices={field.choices}
          value={String(value ?? field.choices[0]?.value)}
          change={change}
        />
      );
    case 'pairs':
      return <PairsField shape={field} given={isRecord(value) ? value : {}} change={change} />;
    case 'rules':
      return <RulesField given={(value ?? []) as readonly Rule[]} change={change} />;
  }
}
