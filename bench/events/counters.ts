/** Counters of a service's `/metrics` by name, labels summed up. */
export async function readCounters(
  url: string,
  names: readonly string[],
): Promise<Map<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const sums = new Map(names.map((name) => [name, 0]));
  for (const line of text.split('\n')) {
    const [, name = '', value] = /^(\w+)(?:\{.*\})? (\S+)$/.exec(line) ?? [];
    const sum = sums.get(name);
    if (sum !== undefined) sums.set(name, sum + Number(value));
  }
  return sums;
}
