import { Button } from '../../../components/button.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { SelectField } from '../../../forms/select-field.tsx';
import { useRows } from '../../../forms/use-rows.ts';
import { ruleOutcomes } from './stage-shapes.ts';

export interface Rule {
  name?: string;
  condition?: string;
  otherwise?: string;
}

const empty: Rule = { name: '', condition: '', otherwise: 'FAIL' };

/** The rules that an event has to meet. */
export function RulesField({
  given,
  change,
}: {
  given: readonly Rule[];
  change: (rules: Rule[]) => void;
}) {
  const { rows, ...list } = useRows<Rule>(given, change);
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 text-[13px] font-medium">Rules</legend>
      {rows.map(({ key, value: rule }, place) => (
        <div key={key} className="grid gap-1.5 border-line border-l-2 pl-3 sm:grid-cols-2">
          <TextField
            spellCheck={false}
            label="Name"
            value={rule.name ?? ''}
            onChange={({ target: { value: name } }) => list.change(key, { name })}
          />
          <SelectField
            label="Otherwise"
            value={rule.otherwise ?? 'FAIL'}
            options={ruleOutcomes}
            onChange={({ target: { value: otherwise } }) => list.change(key, { otherwise })}
          />
          <div className="sm:col-span-2">
            <TextField
              spellCheck={false}
              label="Must be true"
              value={rule.condition ?? ''}
              onChange={({ target: { value: condition } }) => list.change(key, { condition })}
            />
          </div>
          <div>
            <Button look="quiet" onClick={() => list.remove(key)}>
              Remove<span className="sr-only"> rule {place + 1}</span>
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button look="quiet" onClick={() => list.add(empty)}>
          Add a rule
        </Button>
      </div>
    </fieldset>
  );
}
