/**
 * What is kept of many values so that a figure of all of them can be told within a known error.
 * Sketches add up: in whatever order and parts values come, the same bytes are left.
 */
export interface Sketch {
  add(value: number | string): void;
  /** Adds what other sketches of the same figure were given: the bytes of one, or of several after each other. */
  merge(bytes: Uint8Array): void;
  toBytes(): Buffer;
  /** Undefined before the first value. */
  figure(): number | undefined;
}
