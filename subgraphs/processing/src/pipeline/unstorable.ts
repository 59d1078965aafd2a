import { shownValue } from './shown-value.ts';

/** Levels of objects and arrays, the outermost included. */
export const deepest = 64;

export interface Unstorable {
  path: string[];
  reason: string;
}

/**
 * The first value that a PostgreSQL jsonb column could not hold as it is (NUL, a lone surrogate,
 * a number beyond a double), that is nested deeper than 64 levels, or a name that would
 * change an object's prototype. `value` comes from JSON.parse.
 */
export function findUnstorable(value: unknown, level = 1): Unstorable | undefined {
  if (typeof value === 'string') return unstorableText(value);
  if (typeof value === 'number') return unstorableNumber(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (level > deepest) {
    return { path: [], reason: `expected at most ${deepest} levels of nesting, got more` };
  }
  return Array.isArray(value) ? findInArray(value, level) : findInObject(value, level);
}

function findInArray(values: readonly unknown[], level: number): Unstorable | undefined {
  for (let index = 0; index < values.length; index += 1) {
    const found = findUnstorable(values[index], level + 1);
    if (found) return under(String(index), found);
  }
  return undefined;
}

function findInObject(object: object, level: number): Unstorable | undefined {
  for (const name of Object.keys(object)) {
    const found =
      unstorableName(name) ?? findUnstorable((object as Record<string, unknown>)[name], level + 1);
    if (found) return under(name, found);
  }
  return undefined;
}

function unstorableName(name: string): Unstorable | undefined {
  if (name === '__proto__') return { path: [], reason: 'is not allowed as a name' };
  return unstorableText(name);
}

function unstorableText(text: string): Unstorable | undefined {
  if (text.includes('\u0000')) {
    return {
      path: [],
      reason: `expected text without NUL characters (\\u0000), got ${shownValue(text)}`,
    };
  }
  if (text.isWellFormed()) return undefined;
  return {
    path: [],
    reason: `expected well-formed Unicode, got a lone surrogate in ${shownValue(text)}`,
  };
}

function unstorableNumber(value: number): Unstorable | undefined {
  if (Number.isFinite(value)) return undefined;
  return { path: [], reason: 'expected a number between ±1.8e308, got a larger one' };
}

function under(name: string, found: Unstorable): Unstorable {
  found.path.unshift(name);
  return found;
}
