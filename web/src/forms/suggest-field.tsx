import { type ComponentProps, useId } from 'react';
import { TextField } from '../components/text-field.tsx';

interface SuggestFieldProps extends ComponentProps<typeof TextField> {
  suggestions: readonly string[];
}

/** A text for which there are proposals; anything else may be typed as well. */
export function SuggestField({ suggestions, ...field }: SuggestFieldProps) {
  const id = useId();
  return (
    <>
      <TextField list={id} autoComplete="off" spellCheck={false} {...field} />
      <datalist id={id}>
        {suggestions.map((suggestion) => (
          <option key={suggestion} value={suggestion} />
        ))}
      </datalist>
    </>
  );
}
