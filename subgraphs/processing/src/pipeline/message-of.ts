import { shownPath } from './shown-value.ts';

/** What a thrown error says, as a reason may hold it. */
export function messageOf(error: unknown): string {
  return shownPath([error instanceof Error ? error.message : String(error)]);
}
