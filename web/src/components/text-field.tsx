import { type ComponentProps, useId } from 'react';

export const fieldClass =
  'w-full rounded-md border border-line-strong bg-surface px-2.5 py-1.5 aria-invalid:border-critical';

interface TextFieldProps extends ComponentProps<'input'> {
  label: string;
  /** Whether the label is shown, or only said. */
  isLabelShown?: boolean;
  hint?: string | undefined;
  error?: string | undefined;
}

/** A labelled input whose hint and error are read out with it. */
export function TextField({ label, isLabelShown = true, hint, error, ...input }: TextFieldProps) {
  const id = useId();
  return (
    <div className="grid content-start gap-1">
      <label htmlFor={id} className={isLabelShown ? 'text-[13px] font-medium' : 'sr-only'}>
        {label}
      </label>
      <input
        id={id}
        // Below 16 px phones zoom into a field that takes the focus.
        className={`${fieldClass} text-base sm:text-sm`}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-note`}
        {...input}
      />
      <p
        id={`${id}-note`}
        className={`text-[13px] empty:hidden ${error ? 'text-critical' : 'text-muted'}`}
      >
        {error ?? hint}
      </p>
    </div>
  );
}
