import { shownValue } from '../pipeline/shown-value.ts';
import { locateJsonFault } from './locate-json-fault.ts';

/** A sentence for people: where the text stops being JSON, and what stands there. */
export function describeJsonFault(text: string): string {
  const offset = locateJsonFault(text) ?? text.length;
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  const place = `line ${line}, column ${column} (character ${offset})`;
  if (offset >= text.length) return `expected JSON, but it ends too early, at ${place}`;
  return `expected JSON, got ${shownValue(text.slice(offset, offset + 10))} at ${place}`;
}
