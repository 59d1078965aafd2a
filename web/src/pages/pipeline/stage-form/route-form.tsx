import { TextField } from '../../../components/text-field.tsx';
import { SelectField } from '../../../forms/select-field.tsx';
import { isRecord } from '../../../graph/is-record.ts';
import { constantText, toComparable } from './constants.ts';
import type { ReadStage } from './read-stage.ts';

const forms = [
  { value: 'drop', label: 'Drop by the value of a field' },
  { value: 'to', label: 'Drop by an expression' },
  { value: 'type', label: 'Change the type by an expression' },
];

const operators = [
  { value: 'EQUAL', label: 'is' },
  { value: 'NOT_EQUAL', label: 'is not' },
  { value: 'LESS', label: 'is less than' },
  { value: 'LESS_OR_EQUAL', label: 'is at most' },
  { value: 'GREATER', label: 'is more than' },
  { value: 'GREATER_OR_EQUAL', label: 'is at least' },
];

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Begins anew in another form, with the expression if it has one. */
function inForm(form: string, { when }: ReadStage): ReadStage {
  if (form === 'drop') {
    return { kind: 'route', drop: { field: '', operator: 'EQUAL', value: '' } };
  }
  const rest = form === 'to' ? { to: 'NOWHERE' } : { type: '' };
  return { kind: 'route', when: text(when), ...rest };
}

/** Which events go nowhere, or on as another type. */
export function RouteForm({
  stage,
  change,
}: {
  stage: ReadStage;
  change: (stage: ReadStage) => void;
}) {
  const form = forms.find(({ value }) => value in stage)?.value ?? 'to';
  const drop = isRecord(stage.drop) ? stage.drop : undefined;
  const setDrop = (part: object) => change({ kind: 'route', drop: { ...drop, ...part } });
  return (
    <div className="grid gap-3">
      <SelectField
        label="What happens"
        value={form}
        options={forms}
        onChange={({ target: { value: chosen } }) => change(inForm(chosen, stage))}
      />
      {drop ? (
        <div className="grid gap-1.5 sm:grid-cols-3">
          <TextField
            spellCheck={false}
            label="Field"
            value={text(drop.field)}
            onChange={({ target: { value: field } }) => setDrop({ field })}
          />
          <SelectField
            label="Compared"
            value={text(drop.operator)}
            options={operators}
            onChange={({ target: { value: operator } }) => setDrop({ operator })}
          />
          <TextField
            spellCheck={false}
            label="Value"
            value={constantText(drop.value)}
            onChange={({ target: { value } }) => setDrop({ value: toComparable(value) })}
          />
        </div>
      ) : (
        <TextField
          spellCheck={false}
          label="When this is true"
          value={text(stage.when)}
          onChange={({ target: { value: when } }) => change({ ...stage, when })}
        />
      )}
      {form === 'type' && (
        <TextField
          spellCheck={false}
          label="New type"
          value={text(stage.type)}
          onChange={({ target: { value: type } }) => change({ ...stage, type })}
        />
      )}
    </div>
  );
}
