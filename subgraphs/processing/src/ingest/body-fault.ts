import { TributaryError } from '@tributary/errors';

/** Why a body could not be read to its end, in our terms; undefined for a fault of ours. */
export function bodyFault(error: unknown): TributaryError | undefined {
  if (error instanceof TributaryError) return error;
  if (!(error instanceof Error)) return undefined;
  if ('statusCode' in error && error.statusCode === 400) {
    return new TributaryError('INVALID_JSON', `The body cannot be unpacked: ${error.message}.`);
  }
  // The sender is gone, and nobody hears of it.
  const isGone = 'code' in error && error.code === 'ECONNRESET';
  return isGone ? new TributaryError('INVALID_JSON', 'The body broke off.') : undefined;
}
