import { type FormEvent, useState } from 'react';
import { type FieldErrors, toFieldErrors } from '../graph/field-errors.ts';

interface Payload {
  userErrors: readonly { message: string; field?: readonly string[] | null | undefined }[];
}

export interface FormOptions<Answer extends Payload> {
  /** Names of the form's inputs, for the errors that belong to them. */
  fields: readonly string[];
  /** Sends what the form holds; undefined when it could not be sent at all. */
  send: (read: (name: string) => string) => Promise<Answer | null | undefined>;
  /** The mutation went through. */
  onDone: (answer: Answer, form: HTMLFormElement) => void;
}

export interface FormState {
  submit: (event: FormEvent<HTMLFormElement>) => void;
  errors: FieldErrors;
  /** Why it could not be sent at all. */
  error: unknown;
  loading: boolean;
}

/** A form around one mutation: sends it, and sorts what came back to the inputs. */
export function useForm<Answer extends Payload>(options: FormOptions<Answer>): FormState {
  const { fields, send, onDone } = options;
  const [errors, setErrors] = useState(() => toFieldErrors([], fields));
  const [error, setError] = useState<unknown>(undefined);
  const [loading, setLoading] = useState(false);

  async function run(form: HTMLFormElement): Promise<void> {
    const data = new FormData(form);
    setLoading(true);
    try {
      const answer = await send((name) => String(data.get(name) ?? '').trim());
      setError(undefined);
      setErrors(toFieldErrors(answer?.userErrors ?? [], fields));
      if (answer?.userErrors.length === 0) onDone(answer, form);
    } catch (failure) {
      setError(failure);
    } finally {
      setLoading(false);
    }
  }

  return {
    submit(event) {
      event.preventDefault();
      void run(event.currentTarget);
    },
    errors,
    error,
    loading,
  };
}
