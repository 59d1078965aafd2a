import { type ComponentProps, useId } from 'react';
import { fieldClass } from '../components/text-field.tsx';

interface SelectFieldProps extends ComponentProps<'select'> {
  label: string;
  /** Whether the label is shown, or only said. */
  isLabelShown?: boolean;
  options: readonly { value: string; label: string }[];
  hint?: string | undefined;
  error?: string | undefined;
}

/** A labelled choice of one, whose hint and error are read out with it. */
export function SelectField(props: SelectFieldProps) {
  const { label, isLabelShown = true, options, hint, error, ...select } = props;
  const id = useId();
  return (
    <div className="grid content-start gap-1">
      <label htmlFor={id} className={isLabelShown ? 'text-[13px] font-medium' : 'sr-only'}>
        {label}
      </label>
      <select
        id={id}
        // As tall as the inputs beside it.
        className={`${fieldClass} min-h-8.5 text-base sm:text-sm`}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-note`}
        {...select}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <p
        id={`${id}-note`}
        className={`text-[13px] empty:hidden ${error ? 'text-critical' : 'text-muted'}`}
      >
        {error ?? hint}
      </p>
    </div>
  );
}
