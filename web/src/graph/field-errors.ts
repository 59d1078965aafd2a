interface UserError {
  message: string;
  field?: readonly string[] | null | undefined;
}

export interface FieldErrors {
  /** By the input's last path element, e.g. `email` for ["input", "email"]. */
  byField: Record<string, string>;
  /** What belongs to none of the form's fields. */
  general: string[];
}

/** Sorts a payload's user errors to the fields of a form; the first of each field is shown. */
export function toFieldErrors(
  userErrors: readonly UserError[],
  fields: readonly string[],
): FieldErrors {
  const errors: FieldErrors = { byField: {}, general: [] };
  for (const { field, message } of userErrors) {
    const name = field?.find((element) => fields.includes(element));
    if (name === undefined) errors.general.push(message);
    else errors.byField[name] ??= message;
  }
  return errors;
}
