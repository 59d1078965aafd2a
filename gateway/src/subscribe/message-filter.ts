import type { TopicFilter } from '../supergraph/topic-filter.ts';

/** The value at a path of a message; undefined where the message ends before. */
export function valueAt(message: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? Reflect.get(value, name)
        : undefined,
    message,
  );
}

/** Whether a message passes all filters for these arguments. An argument that is not given filters nothing. */
export function createMessageFilter(
  filters: readonly TopicFilter[],
  args: Readonly<Record<string, unknown>>,
): (message: unknown) => boolean {
  const given = filters.flatMap(({ path, argument }) => {
    const wanted = args[argument] ?? undefined;
    return wanted === undefined ? [] : [{ path, wanted: new Set([wanted].flat().map(String)) }];
  });
  return (message) => given.every(({ path, wanted }) => wanted.has(String(valueAt(message, path))));
}
