/**
 * Away to a provider and back, behind the gateway at `/auth/external`. Our page asks where to go; the
 * provider sends the browser back here, and from here it goes to a page that says how it went.
 */

import type { Service } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { newSecret } from '../credentials/secret.ts';
import type { ExternalOutcome, ExternalSignIns } from '../services/external-sign-in.ts';
import type { Sessions } from '../services/sessions.ts';
import { assertOwnPage, setRefreshCookie } from '../sessions/refresh-cookie.ts';
import { originOf } from '../sessions/session-routes.ts';
import { readBrowserSecret, setBrowserSecret } from './browser-cookie.ts';

export interface ExternalRoutesOptions {
  externalSignIns: ExternalSignIns;
  sessions: Pick<Sessions, 'firstRefreshToken'>;
  /** Where people reach Tributary. */
  publicUrl: string;
}

const secret = z.string().max(200);
/**
 * A page of ours: anything else would make us send people on to strangers. Browsers drop tabs and line
 * breaks from addresses.
 */
const ownPath = z
  .string()
  .max(2_000)
  .regex(/^\/(?![/\\])\P{Cc}*$/u);
const bodySchema = z.object({
  from: ownPath.default('/'),
  deviceToken: secret.nullish(),
  ticket: secret.nullish(),
});

export function serveExternalSignIn({ http }: Service, options: ExternalRoutesOptions): void {
  const { externalSignIns, publicUrl } = options;
  const secure = publicUrl.startsWith('https:');

  http.post<{ Params: { provider: string } }>(
    '/auth/external/:provider',
    async (request, reply) => {
      assertOwnPage(request);
      const body = bodySchema.safeParse(request.body ?? {});
      if (!body.success) {
        const message = 'Expected {"from": "/…", "deviceToken": "…", "ticket": "…"}, each if any.';
        throw new TributaryError('INVALID_INPUT', message);
      }
      // Kept where there is one, for there may be another tab on its way.
      const browser = readBrowserSecret(request) ?? newSecret();
      const { provider } = request.params;
      const url = await externalSignIns.begin(
        { provider, browser, ...body.data },
        originOf(request),
      );
      setBrowserSecret(reply, browser, secure);
      return reply.header('cache-control', 'no-store').send({ url });
    },
  );

  http.get<{ Params: { provider: string } }>(
    '/auth/external/:provider/callback',
    async (request, reply) => {
      const outcome = await externalSignIns.finish(
        {
          provider: request.params.provider,
          query: new URLSearchParams(request.url.split('?')[1] ?? ''),
          browser: readBrowserSecret(request) ?? '',
        },
        originOf(request),
      );
      await keepSession(outcome, reply, { ...options, secure });
      const page = `${publicUrl.replace(/\/+$/, '')}${pageOf(outcome)}`;
      return reply
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .redirect(page, 303);
    },
  );
}

async function keepSession(
  outcome: ExternalOutcome,
  reply: FastifyReply,
  { sessions, secure }: ExternalRoutesOptions & { secure: boolean },
): Promise<void> {
  if (outcome.kind !== 'signed-in') return;
  const { session } = outcome.signedIn;
  const token = await sessions.firstRefreshToken(session.id);
  setRefreshCookie(reply, token, { expires: session.endsAt, secure });
}

/** What the page has to know is in the fragment, which no server sees. */
function pageOf(outcome: ExternalOutcome): string {
  switch (outcome.kind) {
    case 'signed-in': {
      const device = outcome.signedIn.isKnownDevice ? 'known' : 'new';
      return `/signed-in#${new URLSearchParams({ from: outcome.from, device })}`;
    }
    case 'second-factor':
      return `/sign-in#${new URLSearchParams({ challenge: outcome.challenge })}`;
    case 'linked':
      return '/account#linked=yes';
    case 'problem':
      return `${outcome.page}#${new URLSearchParams({ problem: outcome.problem })}`;
  }
}
