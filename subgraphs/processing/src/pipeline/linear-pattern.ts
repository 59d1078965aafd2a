/**
 * Patterns of registered schemas run on RE2, in time linear in the text: a JavaScript RegExp with
 * a nested repetition could hold up every workspace's events for hours.
 */
import { RE2JS } from 're2js';

interface Pattern {
  test(text: string): boolean;
}

/**
 * Characters and classes of them, each once or a fixed number of times, from the text's beginning: nothing
 * to backtrack over and one place to try, so JavaScript's own engine is linear too, and ten times as fast.
 */
const fixedPattern = /^\^(?:(?:\[\^?[\w .:/-]+\]|[\w :/-])(?:\{\d+\})?)*\$?$/;

/** Ajv's `regExp` engine. Look-ahead and back references are refused when the schema is registered. */
export const linearPattern = Object.assign(
  (pattern: string): Pattern =>
    fixedPattern.test(pattern)
      ? new RegExp(pattern, 'u')
      : RE2JS.compile(RE2JS.translateRegExp(pattern)),
  { code: 'linearPattern' },
);
