import { errorCodes } from './codes.ts';
import { TributaryError } from './tributary-error.ts';

/** RFC 9457 problem details, as `application/problem+json`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  field?: readonly string[];
  requestId: string;
}

/** The problem a REST edge answers; whatever is not a `TributaryError` is masked. */
export function toProblem(error: unknown, requestId: string): Problem {
  const known = error instanceof TributaryError ? error : unexpected();
  return {
    type: `https://tributary.dev/errors/${known.code.toLowerCase().replaceAll('_', '-')}`,
    title: errorCodes[known.code].meaning,
    status: known.status,
    detail: known.message,
    code: known.code,
    ...(known.field && { field: known.field }),
    requestId,
  };
}

function unexpected(): TributaryError {
  return new TributaryError('INTERNAL', 'Something went wrong here. Quote the request id.');
}
