/** People of the platform under test, over its front door. */
import { randomUUID } from 'node:crypto';
import { request } from 'undici';

export const password = 'correct horse battery';

/** Another address each time, since attempts from one are counted. */
const somewhere = (): string =>
  Array.from({ length: 4 }, () => 1 + Math.floor(Math.random() * 254)).join('.');

interface Answer<Data> {
  data: Data;
  errors?: unknown;
}

export interface Person {
  email: string;
  refreshToken: string;
  deviceToken: string;
}

/** Asks the graph as somebody who is not signed in. A wrong shape ends the run where it is read. */
async function ask<Data>(url: string, query: string, variables: object): Promise<Data> {
  const { body } = await request(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': somewhere() },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await body.json()) as Answer<Data>;
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

interface SignedUp {
  signUp: { session: { refreshToken: string; deviceToken: string } };
}

interface SignedIn {
  signIn: { session: { accessToken: string } | null };
}

export async function openAccounts(url: string, count: number): Promise<Person[]> {
  const document = `mutation ($input: SignUpInput!) {
    signUp(input: $input) { session { refreshToken deviceToken } userErrors { message } }
  }`;
  const people: Person[] = [];
  for (let opened = 0; opened < count; opened += 1) {
    const email = `${randomUUID()}@example.com`;
    const input = { email, password, name: 'Bench' };
    const { signUp } = await ask<SignedUp>(url, document, { input });
    people.push({ email, ...signUp.session });
  }
  return people;
}

interface SignInInput {
  email: string;
  password: string;
  /** Of a device that the account was signed in on before. */
  deviceToken?: string;
}

/** Answers whether a session was opened. */
export async function signIn(url: string, input: SignInInput): Promise<boolean> {
  const document = `mutation ($input: SignInInput!) {
    signIn(input: $input) { session { accessToken } userErrors { message } }
  }`;
  const { signIn } = await ask<SignedIn>(url, document, { input });
  return signIn.session !== null;
}

export async function requestReset(url: string, email: string): Promise<void> {
  const document =
    'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { done } }';
  await ask(url, document, { input: { email } });
}

/** The next refresh token. */
export async function refresh(url: string, refreshToken: string): Promise<string> {
  const { body, statusCode } = await request(`${url}/auth/refresh`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refreshToken }),
  });
  if (statusCode !== 200) throw new Error(`Refreshing was answered with ${statusCode}.`);
  const next = (await body.json()) as { refreshToken: string };
  return next.refreshToken;
}
