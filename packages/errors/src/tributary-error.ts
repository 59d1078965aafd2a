import { type ErrorCode, errorCodes } from './codes.ts';

/** A failure that the caller may know of: its message reaches clients as it is. */
export class TributaryError extends Error {
  readonly code: ErrorCode;
  /** Path of the input it is about, e.g. ['input', 'email']. */
  readonly field: readonly string[] | undefined;

  constructor(code: ErrorCode, message: string, field?: readonly string[]) {
    super(message);
    this.name = 'TributaryError';
    this.code = code;
    this.field = field;
  }

  get status(): number {
    return errorCodes[this.code].status;
  }
}
