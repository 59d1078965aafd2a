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

/**
 * JSON holds no functions, and all that objects inherit is functions but for `__proto__`: telling them
 * apart by that is cheaper than asking for own properties, and this is asked for every object.
 */
export function readOwn(object: ResultObject, key: string): unknown {
  const value = object[key];
  if (typeof value !== 'function' && key !== '__proto__') return value;
  return Object.hasOwn(object, key) ? value : undefined;
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
