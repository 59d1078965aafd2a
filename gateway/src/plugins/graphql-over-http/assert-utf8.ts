import { TributaryError } from '@tributary/errors';

const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i;

/**
 * JSON is UTF-8 (RFC 8259). Reading another charset as if it were would let a filter in front of us
 * see another operation than the one that runs.
 * @throws TributaryError UNSUPPORTED_MEDIA_TYPE.
 */
export function assertUtf8(contentType: string | undefined): void {
  const given = contentType === undefined ? undefined : charset.exec(contentType)?.[1];
  if (given === undefined || /^utf-?8$/i.test(given)) return;
  throw new TributaryError('UNSUPPORTED_MEDIA_TYPE', 'Expected JSON in UTF-8.');
}
