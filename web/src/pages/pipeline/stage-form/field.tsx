import { type ReactNode, useId } from 'react';
import { fieldClass } from '../../../components/text-field.tsx';
import type { Choice } from './stage-shapes.ts';

/** What is typed below a label of its own, or one that is heard only. */
export function Input(props: {
  label: string;
  value: string;
  change: (value: string) => void;
  isHeardOnly?: boolean;
  hint?: string | undefined;
  type?: 'text' | 'number';
}) {
  const { label, value, change, isHeardOnly, hint, type = 'text' } = props;
  return (
    <Labelled label={label} isHeardOnly={isHeardOnly} hint={hint}>
      {(id) => (
        <input
          id={id}
          type={type}
          value={value}
          onChange={({ target }) => change(target.value)}
          spellCheck={false}
          className={`${fieldClass} text-base sm:text-sm`}
        />
      )}
    </Labelled>
  );
}

export function Select(props: {
  label: string;
  value: string;
  choices: readonly Choice[];
  change: (value: string) => void;
  isHeardOnly?: boolean;
}) {
  const { label, value, choices, change, isHeardOnly } = props;
  return (
    <Labelled label={label} isHeardOnly={isHeardOnly}>
      {(id) => (
        <select
          id={id}
          value={value}
          onChange={({ target }) => change(target.value)}
          className={`${fieldClass} text-base sm:text-sm`}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

function Labelled(props: {
  label: string;
  isHeardOnly?: boolean | undefined;
  hint?: string | undefined;
  children: (id: string) => ReactNode;
}) {
  const { label, isHeardOnly, hint, children } = props;
  const id = useId();
  return (
    <div className="grid min-w-0 content-start gap-1">
      <label htmlFor={id} className={isHeardOnly ? 'sr-only' : 'text-[13px] font-medium'}>
        {label}
      </label>
      {children(id)}
      {hint && <p className="text-[13px] text-muted">{hint}</p>}
    </div>
  );
}
