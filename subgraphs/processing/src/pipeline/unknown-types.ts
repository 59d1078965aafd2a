import type { Failure } from './failure.ts';
import { shownValue } from './shown-value.ts';

const choices = ['ACCEPT', 'QUARANTINE', 'REJECT'] as const;

/** What becomes of a source's events whose type nobody registered: quarantined ones are held for review. */
export type UnknownTypes = (typeof choices)[number];

export function toUnknownTypes(text: string | undefined): UnknownTypes {
  return choices.find((choice) => choice === text) ?? 'ACCEPT';
}

export function unknownType(type: string, stage: Failure['stage']): Failure {
  const reason = `expected a type that is registered, got ${shownValue(type)}`;
  return { stage, field: 'type', reason };
}
