/**
 * What a browser is known by while somebody is away at a provider. SameSite=Lax, since the way back
 * is from another site; out of scripts' reach.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import '@fastify/cookie';

const name = 'tributary_browser';
const path = '/auth/external';
const maxAge = 3_600;

export const readBrowserSecret = ({ cookies }: FastifyRequest): string | undefined => cookies[name];

/** `secure` where people come by HTTPS; a laptop has plain HTTP. */
export function setBrowserSecret(reply: FastifyReply, secret: string, secure: boolean): void {
  void reply.setCookie(name, secret, { path, maxAge, secure, httpOnly: true, sameSite: 'lax' });
}
