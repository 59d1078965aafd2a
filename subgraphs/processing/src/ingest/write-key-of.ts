import type { IncomingHttpHeaders } from 'node:http';

/** The write key as `Authorization: Bearer …`, as the user name of Basic, which Segment's libraries send, or as `X-Write-Key`. */
export function writeKeyOf(headers: IncomingHttpHeaders): string {
  const [, scheme = '', credentials = ''] =
    /^(\w+) +(\S+)$/.exec(headers.authorization ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return credentials;
  if (scheme.toLowerCase() === 'basic') {
    return Buffer.from(credentials, 'base64').toString('utf8').split(':')[0] ?? '';
  }
  const given = headers['x-write-key'];
  return typeof given === 'string' ? given : '';
}
