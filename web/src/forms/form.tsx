import type { ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { ErrorState } from '../components/states.tsx';
import type { FormState } from './use-form.ts';

interface FormProps {
  form: FormState;
  /** What the button says. */
  action: string;
  /** Said once it is done. */
  done?: string | undefined;
  /** `wide` for forms with fields beside each other. */
  width?: 'narrow' | 'wide';
  children: ReactNode;
}

/** Inputs, what was wrong with none of them in particular, and the button. */
export function Form({ form, action, done, width = 'narrow', children }: FormProps) {
  const shape = width === 'wide' ? 'max-w-3xl gap-4' : 'max-w-sm gap-2';
  return (
    <form onSubmit={form.submit} className={`grid ${shape}`}>
      {form.error !== undefined && <ErrorState error={form.error} />}
      {children}
      <div role="alert" className="text-[13px] text-critical empty:hidden">
        {form.errors.general.map((message) => (
          <p key={message}>{message}</p>
        ))}
      </div>
      <div className="flex items-center gap-3">
        <Button look="primary" type="submit" disabled={form.loading} className="min-h-9">
          {action}
        </Button>
        <p role="status" className="text-[13px] text-good">
          {done}
        </p>
      </div>
    </form>
  );
}
