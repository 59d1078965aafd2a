/**
 * A copy of `{ all, named }`, as it was written, in which each named subgraph has what `all` says and it does not.
 * What is not of that shape passes as it is, for the schema to complain of.
 */
export function inheritSettings(given: unknown): unknown {
  if (!isRecord(given) || !isRecord(given.all) || !isRecord(given.named)) return given;
  const { all, named } = given;
  return {
    ...given,
    named: Object.fromEntries(
      Object.entries(named).map(([name, settings]) => [name, merge(all, settings)]),
    ),
  };
}

function merge(inherited: unknown, own: unknown): unknown {
  if (!isRecord(inherited) || !isRecord(own)) return own;
  const merged = Object.entries(own).map(([key, value]) => [key, merge(inherited[key], value)]);
  return { ...inherited, ...Object.fromEntries(merged) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
