import { Button } from '../../../components/button.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { SelectField } from '../../../forms/select-field.tsx';
import { useRows } from '../../../forms/use-rows.ts';
import { constantText, toConstant } from './constants.ts';
import type { PairsShape } from './stage-shapes.ts';

interface Pair {
  name: string;
  value: string;
}

interface PairsFieldProps {
  shape: PairsShape;
  given: Readonly<Record<string, unknown>>;
  change: (pairs: Record<string, unknown> | undefined) => void;
}

/** An object as rows of a name and a value; rows without a name are not part of it yet. */
export function PairsField({ shape, given, change }: PairsFieldProps) {
  const { label, columns, values } = shape;
  const isJson = values === 'json';
  const first = Object.entries(given).map(([name, value]) => ({
    name,
    value: isJson ? constantText(value) : String(value),
  }));
  const { rows, ...list } = useRows<Pair>(first, (pairs) => {
    const named = pairs.filter(({ name }) => name !== '');
    const entries = named.map(({ name, value }) => [name, isJson ? toConstant(value) : value]);
    change(entries.length > 0 ? Object.fromEntries(entries) : undefined);
  });
  const choices = typeof values === 'object' ? values : undefined;
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1 text-[13px] font-medium">
        {label}
        <span className="font-normal text-muted"> · {columns.join(' and ').toLowerCase()}</span>
      </legend>
      {rows.map(({ key, value: pair }, place) => {
        const names = columns.map((column) => `${column} ${place + 1} of ${label}`);
        const setValue = ({ target: { value } }: { target: { value: string } }) =>
          list.change(key, { value });
        const value = { label: names[1] ?? '', value: pair.value, isLabelShown: false };
        return (
          <div
            key={key}
            className="grid grid-cols-[1fr_auto] items-start gap-1.5 sm:grid-cols-[1fr_2fr_auto]"
          >
            <TextField
              spellCheck={false}
              label={names[0] ?? ''}
              value={pair.name}
              onChange={({ target: { value: name } }) => list.change(key, { name })}
              isLabelShown={false}
            />
            <div className="col-span-2 row-start-2 sm:col-span-1 sm:row-start-auto">
              {choices ? (
                <SelectField {...value} options={choices} onChange={setValue} />
              ) : (
                <TextField spellCheck={false} {...value} onChange={setValue} />
              )}
            </div>
            <Button look="quiet" onClick={() => list.remove(key)}>
              Remove
              <span className="sr-only">
                {' '}
                row {place + 1} of {label}
              </span>
            </Button>
          </div>
        );
      })}
      <div>
        <Button
          look="quiet"
          onClick={() => list.add({ name: '', value: choices?.[0]?.value ?? '' })}
        >
          {rows.length === 0 ? `${label} a field` : 'Another'}
          <span className="sr-only">
            {' '}
            ({label}: {columns.join(', ')})
          </span>
        </Button>
      </div>
    </fieldset>
  );
}
