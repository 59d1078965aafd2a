import type { ResultError } from '../result-error.ts';
import type { ResultObject } from '../result-object.ts';
import type { ConcretePath } from '../run/object-paths.ts';
import { placeErrors } from './place-errors.ts';
import type { Denial, Flaw, Trace, WriteValue } from './write-value.ts';

/** A GraphQL answer as JSON text. */
export interface WrittenAnswer {
  body: string;
  hasErrors: boolean;
}

export interface Result {
  root: ResultObject;
  errors: readonly ResultError[];
  requestId: string;
}

/** The whole answer: the data as asked for, and an error for every null that stands where none may. */
export function writeAnswer(write: WriteValue, { root, errors, requestId }: Result): WrittenAnswer {
  const writing = { flawed: false, trace: undefined };
  const data = write(root, writing) ?? 'null';
  const found = writing.flawed ? [...errors, ...errorsOfFlaws(write, root, errors)] : errors;
  const all = found.length > 0 ? placeErrors(JSON.parse(data), found) : found;
  if (all.length === 0) return { body: `{"data":${data}}`, hasErrors: false };
  const told = all.map((error) => ({ ...error, extensions: { ...error.extensions, requestId } }));
  return { body: `{"errors":${JSON.stringify(told)},"data":${data}}`, hasErrors: true };
}

/** Written once more, slower, to learn where the flaws are. */
function errorsOfFlaws(
  write: WriteValue,
  root: ResultObject,
  known: readonly ResultError[],
): ResultError[] {
  const trace: Trace = { path: [], flaws: [] };
  write(root, { flawed: false, trace });
  return withoutRepeatedDenials(trace.flaws)
    .filter((flaw) => flaw.reason.kind !== 'missing' || !isExplained(flaw.path, known))
    .map(toError);
}

/** Of a list's items with a field that is denied, the first is told. */
function withoutRepeatedDenials(flaws: readonly Flaw[]): Flaw[] {
  const told = new Set<Denial>();
  return flaws.filter(({ reason }) => {
    if (reason.kind !== 'denied') return true;
    if (told.has(reason.denial)) return false;
    told.add(reason.denial);
    return true;
  });
}

/** A null that a subgraph's error at, above or beneath this place accounts for. */
function isExplained(place: ConcretePath, errors: readonly ResultError[]): boolean {
  return errors.some(({ path = [] }) =>
    path.slice(0, place.length).every((key, index) => key === place[index]),
  );
}

function toError({ path, reason }: Flaw): ResultError {
  switch (reason.kind) {
    case 'denied':
      return { message: reason.denial.message, path, extensions: { code: reason.denial.code } };
    case 'missing':
      return {
        message: `Cannot return null for non-nullable field ${reason.coordinate}.`,
        path,
        extensions: { code: 'INTERNAL' },
      };
    case 'invalid':
      return {
        message: `What the field ${reason.coordinate} answered is not of its type.`,
        path,
        extensions: { code: 'INTERNAL' },
      };
  }
}
