import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { SuggestField } from './suggest-field.tsx';
import { ValueTags } from './value-tags.tsx';

interface ValuesFieldProps {
  label: string;
  isLabelShown?: boolean;
  values: readonly string[];
  change: (values: string[]) => void;
  suggestions: readonly string[];
  /** So many at most; any number without. */
  most?: number;
  hint?: string | undefined;
  error?: string | undefined;
}

/** Several texts, each taken with Enter or on leaving the field, and removed with a button of its own. */
export function ValuesField(props: ValuesFieldProps) {
  const { label, isLabelShown = true, values, change, suggestions, hint, error } = props;
  const { most = Number.POSITIVE_INFINITY } = props;
  const id = useId();
  const fieldset = useRef<HTMLFieldSetElement>(null);
  const input = useTyped((value) => {
    if (!values.includes(value)) change([...values, value]);
  });

  function remove(value: string): void {
    change(values.filter((other) => other !== value));
    // The button that has the focus goes: it stays in the group.
    fieldset.current?.focus();
  }

  return (
    <fieldset
      ref={fieldset}
      tabIndex={-1}
      aria-labelledby={id}
      className="grid min-w-0 content-start gap-1 outline-none"
    >
      <span id={id} className={isLabelShown ? 'text-[13px] font-medium' : 'sr-only'}>
        {label}
      </span>
      {values.length > 0 && <ValueTags values={values} remove={remove} />}
      {values.length < most && (
        <SuggestField
          label={`Add to ${label}`}
          isLabelShown={false}
          suggestions={suggestions.filter((suggestion) => !values.includes(suggestion))}
          {...input}
          enterKeyHint="done"
          placeholder={values.length === 0 ? 'Type or choose, then Enter' : 'Another'}
          hint={hint}
          error={error}
        />
      )}
    </fieldset>
  );
}

/** A text that is taken, and gone from its input, with Enter or on leaving. */
function useTyped(take: (value: string) => void) {
  const [typed, setTyped] = useState('');

  function finish(): void {
    setTyped('');
    if (typed.trim() !== '') take(typed.trim());
  }

  return {
    value: typed,
    onChange: ({ target }: { target: { value: string } }) => setTyped(target.value),
    onBlur: finish,
    onKeyDown(event: KeyboardEvent): void {
      if (event.key !== 'Enter') return;
      // Enter takes what is typed; it does not send the form.
      event.preventDefault();
      finish();
    },
  };
}
