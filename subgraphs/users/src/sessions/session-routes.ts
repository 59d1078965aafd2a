/**
 * The REST edge of sessions, behind the gateway at `/auth`: what has to set or read a cookie.
 * A browser signs in by GraphQL, asks once for the cookie, and refreshes with it; a native
 * application sends its refresh token in the body and gets the next one there.
 */
import cookies from '@fastify/cookie';
import { readClientFacts, type Service } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Origin } from '../origin.ts';
import type { RefreshedSession } from '../services/session-refresh.ts';
import type { Sessions } from '../services/sessions.ts';
import type { SessionOfToken } from '../tokens/own-token.ts';
import {
  assertOwnPage,
  clearRefreshCookie,
  readRefreshCookie,
  setRefreshCookie,
} from './refresh-cookie.ts';
import { sessionLifetimeMilliseconds } from './session.ts';

export interface SessionRoutesOptions {
  sessions: Sessions;
  sessionOfToken: SessionOfToken;
  /** Whether people come by HTTPS. */
  secure: boolean;
}

const bodySchema = z.object({ refreshToken: z.string().max(200) }).nullish();
const bearer = /^Bearer +(\S+)$/i;

export async function serveSessions(
  { http }: Service,
  { sessions, sessionOfToken, secure }: SessionRoutesOptions,
): Promise<void> {
  await http.register(cookies);

  http.post('/auth/cookie', async (request, reply) => {
    assertOwnPage(request);
    const token = bearer.exec(request.headers.authorization ?? '')?.[1];
    const known = token === undefined ? undefined : await sessionOfToken(token);
    if (!known) throw new TributaryError('UNAUTHENTICATED', 'Expected a good access token.');
    const refreshToken = await sessions.firstRefreshToken(known.session);
    const expires = new Date(Date.now() + sessionLifetimeMilliseconds);
    setRefreshCookie(reply, refreshToken, { expires, secure });
    return reply.status(204).send();
  });

  http.post('/auth/refresh', async (request, reply) => {
    const { token, isCookie } = readToken(request);
    try {
      const refreshed = await sessions.refresh(token, originOf(request));
      if (!isCookie) return noStore(reply).send(toBody(refreshed, refreshed.refreshToken));
      const expires = refreshed.session.endsAt;
      setRefreshCookie(reply, refreshed.refreshToken, { expires, secure });
      return noStore(reply).send(toBody(refreshed));
    } catch (error) {
      const isOver = error instanceof TributaryError && error.code === 'UNAUTHENTICATED';
      if (isCookie && isOver) clearRefreshCookie(reply);
      throw error;
    }
  });

  http.post('/auth/sign-out', async (request, reply) => {
    const { token, isCookie } = readToken(request);
    await sessions.signOut(token, originOf(request));
    if (isCookie) clearRefreshCookie(reply);
    return reply.status(204).send();
  });
}

/** From the body if there is one there, else from the cookie, which only our own pages may use. */
function readToken(request: FastifyRequest): { token: string; isCookie: boolean } {
  const body = bodySchema.safeParse(request.body);
  if (!body.success) {
    const message = 'Expected {"refreshToken": "…"}, or no body and the cookie.';
    throw new TributaryError('INVALID_INPUT', message, ['refreshToken']);
  }
  if (body.data) return { token: body.data.refreshToken, isCookie: false };
  assertOwnPage(request);
  const token = readRefreshCookie(request);
  if (token === undefined) throw new TributaryError('UNAUTHENTICATED', 'There is no session.');
  return { token, isCookie: true };
}

export function originOf(request: FastifyRequest): Origin {
  return { ...readClientFacts(request.headers), requestId: request.id };
}

const noStore = (reply: FastifyReply): FastifyReply => reply.header('cache-control', 'no-store');

function toBody({ accessToken, expiresAt }: RefreshedSession, refreshToken?: string) {
  return { accessToken, expiresAt, ...(refreshToken !== undefined && { refreshToken }) };
}
