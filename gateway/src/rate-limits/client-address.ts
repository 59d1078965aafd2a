import { isIP } from 'node:net';

/**
 * The address that asked. Each proxy appends to `X-Forwarded-For` whom it saw, so of the entries only
 * the last `trustedProxies` were not written by the client; with fewer entries the header is not believed.
 */
export function clientAddress(
  request: { remoteAddress: string | undefined; forwardedFor: string | string[] | undefined },
  trustedProxies: number,
): string {
  const remote = request.remoteAddress ?? 'unknown';
  if (trustedProxies === 0) return remote;
  const entries = String(request.forwardedFor ?? '').split(',');
  const entry = entries.at(-trustedProxies)?.trim() ?? '';
  return isIP(entry) ? entry : remote;
}
