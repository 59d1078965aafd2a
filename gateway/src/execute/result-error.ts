import type { ErrorCode } from '@tributary/errors';
import type { ConcretePath } from './run/object-paths.ts';

/** An error as clients get it; the request's id is added when the answer is written. */
export interface ResultError {
  message: string;
  path?: ConcretePath;
  extensions: { code: ErrorCode; field?: readonly string[]; service?: string };
}
