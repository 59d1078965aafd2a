import type { KeyedSource } from './identify-source.ts';

/** What is known of a request before its body is read. */
export interface Arrival {
  source: KeyedSource;
  /** Says that no more of its body is waited for. */
  signal: AbortSignal;
}
