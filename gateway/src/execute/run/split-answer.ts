import type { ResultObject } from '../result-object.ts';
import type { SubgraphAnswer, SubgraphError } from '../subgraph-client/subgraph-answer.ts';

/** A combined operation's answer as those of its parts; undefined when it has no data to split. */
export function splitAnswer(
  { data, errors, shared }: SubgraphAnswer,
  prefixes: readonly string[],
): SubgraphAnswer[] | undefined {
  if (!data) return undefined;
  return prefixes.map((prefix, at) => ({
    data: fieldsOf(data, prefix),
    errors: errors
      ?.filter((error) => belongs(error, prefix, at))
      .map((error) => moved(error, prefix)),
    shared,
  }));
}

function fieldsOf(data: ResultObject, prefix: string): ResultObject {
  return Object.fromEntries(
    Object.entries(data).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    ),
  );
}

/** An error that names no place is told once. */
function belongs({ path }: SubgraphError, prefix: string, at: number): boolean {
  const [key] = path ?? [];
  return key === undefined ? at === 0 : String(key).startsWith(prefix);
}

function moved(error: SubgraphError, prefix: string): SubgraphError {
  const [key, ...rest] = error.path ?? [];
  return key === undefined
    ? error
    : { ...error, path: [String(key).slice(prefix.length), ...rest] };
}
