const largest = 262_144;

/**
 * An expression's value as JSON: whole numbers as numbers, instants in ISO 8601.
 * @throws an Error for what JSON cannot hold, or more than 256 KB of it.
 */
export function jsonOf(value: unknown): unknown {
  let left = largest;

  function spend(length: number): void {
    left -= length + 2;
    if (left < 0) throw new Error('expected a value of at most 256 KB, got more');
  }

  function convert(part: unknown): unknown {
    if (typeof part === 'string') spend(part.length);
    else spend(8);
    if (typeof part === 'bigint') return numberOf(part);
    if (typeof part === 'number' && !Number.isFinite(part)) {
      throw new Error(`expected a number, got ${part}`);
    }
    if (typeof part !== 'object' || part === null) return part;
    if (Array.isArray(part)) return part.map(convert);
    if (part instanceof Date) return part.toISOString();
    return convertObject(part);
  }

  function convertObject(part: object): unknown {
    if (Object.getPrototypeOf(part) !== Object.prototype && !(part instanceof Map)) {
      throw new Error('expected text, a number, a boolean, null, a list or a map of those');
    }
    const entries = part instanceof Map ? [...part] : Object.entries(part);
    return Object.fromEntries(
      entries.map(([name, inner]: [unknown, unknown]) => {
        spend(String(name).length);
        return [String(name), convert(inner)];
      }),
    );
  }

  return convert(value);
}

function numberOf(value: bigint): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new Error(`expected a whole number of at most 2^53, got ${value}`);
}
