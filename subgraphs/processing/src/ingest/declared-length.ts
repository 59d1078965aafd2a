import type { IncomingHttpHeaders } from 'node:http';

/** Of a body, in bytes; undefined of one that is packed, or that comes without saying how long it is. */
export function declaredLength(headers: IncomingHttpHeaders): number | undefined {
  const encoding = headers['content-encoding'] ?? 'identity';
  const length = Number(headers['content-length'] ?? Number.NaN);
  return encoding === 'identity' && Number.isInteger(length) ? length : undefined;
}
