/**
 * The refresh token of browsers: in a cookie that no script reads (HttpOnly), that no other site's
 * page sends (SameSite=Strict) and that goes to `/auth` only.
 */

import { TributaryError } from '@tributary/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import '@fastify/cookie';

const cookieName = 'tributary_refresh';
const path = '/auth';

/** Sent by our own pages; a page of another origin cannot send it without being allowed to. */
const csrfHeader = 'x-tributary-client';

export const readRefreshCookie = ({ cookies }: FastifyRequest): string | undefined =>
  cookies[cookieName];

/** `secure` where people come by HTTPS; a laptop has plain HTTP. */
export function setRefreshCookie(
  reply: FastifyReply,
  token: string,
  { expires, secure }: { expires: Date; secure: boolean },
): void {
  void reply.setCookie(cookieName, token, {
    path,
    expires,
    secure,
    httpOnly: true,
    sameSite: 'strict',
  });
}

export function clearRefreshCookie(reply: FastifyReply): void {
  void reply.clearCookie(cookieName, { path });
}

/**
 * Refuses requests that another site's page made this browser send: besides SameSite, by a header
 * that needs the origin's leave, and by what browsers say of where a request comes from.
 * @throws FORBIDDEN.
 */
export function assertOwnPage({ headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site'];
  const isElsewhere = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (headers[csrfHeader] === 'web' && !isElsewhere) return;
  throw new TributaryError(
    'FORBIDDEN',
    `Expected a request of our own pages, with the header ${csrfHeader}: web.`,
  );
}
