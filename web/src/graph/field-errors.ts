interface UserError {
  message: string;
  field?: readonly string[] | null | undefined;
}

export interface FieldErrors {
  /** By the form's name for the input, e.g. `email` for ["input", "email"]. */
  byField: Record<string, string>;
  /** What belongs to none of the form's fields. */
  general: string[];
}

/**
 * Sorts a payload's user errors to the fields of a form; the first of each field is shown.
 * A field is named by an element of the input's path, or by several with dots between: `filters.0`.
 */
export function toFieldErrors(
  userErrors: readonly UserError[],
  fields: readonly string[],
): FieldErrors {
  const errors: FieldErrors = { byField: {}, general: [] };
  for (const { field, message } of userErrors) {
    const name = fieldOf(field ?? [], fields);
    if (name === undefined) errors.general.push(message);
    else errors.byField[name] ??= message;
  }
  return errors;
}

/** The field that stands first in the path; of those that begin at one place, the longest. */
function fieldOf(path: readonly string[], fields: readonly string[]): string | undefined {
  const text = `.${path.join('.')}.`;
  const placeOf = (name: string) => text.indexOf(`.${name}.`);
  return fields
    .filter((name) => placeOf(name) >= 0)
    .toSorted((one, other) => placeOf(one) - placeOf(other) || other.length - one.length)[0];
}
