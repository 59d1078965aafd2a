import { randomUUID } from 'node:crypto';
import type { SubgraphProcess } from '@tributary/testkit';
import { decodeJwt } from 'jose';
import { type Account, anonymous, signInMutation, signUp } from './users-test.ts';

export interface SignedInAccount extends Account {
  refreshToken: string;
  /** The session's id. */
  session: string;
}

/** A new account, signed in as a native application would be. */
export async function openSession(users: SubgraphProcess): Promise<SignedInAccount> {
  const account = await signUp(users, {}, 'refreshToken');
  return { ...account, session: String(decodeJwt(account.accessToken).sid) };
}

/** Signs an account in once more. */
export async function refreshTokenOf(
  users: SubgraphProcess,
  { email, password }: Account,
  agent = '',
): Promise<{ refreshToken: string; accessToken: string; session: string }> {
  const document = signInMutation.replace('accessToken', 'accessToken refreshToken');
  const input = { email, password };
  const { data } = await users.query(
    anonymous,
    document,
    { input },
    {
      'x-client-agent': agent,
      'x-client-address': randomUUID(),
    },
  );
  const { accessToken, refreshToken } = data.signIn.session;
  return { accessToken, refreshToken, session: String(decodeJwt(accessToken).sid) };
}

interface AuthRequest {
  body?: object;
  token?: string;
  cookie?: string;
  /** Sends the header of our own pages. */
  web?: boolean;
  /** What a browser says of where the request comes from. */
  site?: string;
}

/** What a client sends to the REST edge of sessions. */
export async function postAuth({ url }: SubgraphProcess, path: string, request: AuthRequest) {
  const { body, token, cookie, web, site } = request;
  const response = await fetch(`${url}/auth/${path}`, {
    method: 'POST',
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...(cookie && { cookie }),
      ...(web && { 'x-tributary-client': 'web' }),
      ...(site && { 'sec-fetch-site': site }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : JSON.parse(text),
  };
}
