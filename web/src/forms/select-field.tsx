import { type ComponentProps, useId } from 'react';
import { fieldClass } from '../components/text-field.tsx';

interface SelectFieldProps extends ComponentProps<'select'> {
  label: string;
  /** Whether the label is shown, or only said. */
  isLabelShown?: boolean;
  options: readonly { value: string; label: string }[];
}

/** A labelled choice of one. */
export function SelectField({ label, isLabelShown = true, options, ...select }: SelectFieldProps) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className={isLabelShown ? 'text-[13px] font-medium' : 'sr-only'}>
        {label}
      </label>
      <select id={id} className={`${fieldClass} text-base sm:text-sm`} {...select}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
