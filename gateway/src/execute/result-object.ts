/**
 * Objects whose keys strangers choose: clients by aliases, subgraphs by their answers. `__proto__`
 * and its like are keys as any other, so reading and writing goes by own properties only.
 */
export type ResultObject = Record<string, unknown>;

export function isResultObject(value: unknown): value is ResultObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys that every object answers without having them. */
export function isInheritedKey(key: string): boolean {
  return key in Object.prototype;
}

export function readOwn(object: ResultObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

export function writeOwn(object: ResultObject, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  } else {
    object[key] = value;
  }
}
