import { type SubgraphProcess, startOidcProvider, startSubgraph } from '@tributary/testkit';
import { decodeJwt } from 'jose';
import { openSession, postAuth, type SignedInAccount } from './sessions-test.ts';
import { testAlone as base, mutate, publicUrl, uniqueEmail } from './users-test.ts';

/** A browser as far as signing in at a provider goes: cookies per host, and redirects one by one. */
export interface Browser {
  /** Asks our service where to go, as our page does. */
  leave(provider: string, body?: object): Promise<{ status: number; url: string }>;
  /** Signs in at the provider as whoever is named, and answers where it sends the browser then. */
  signInAt(url: string, login: string): Promise<string>;
  /** What our service does with a browser that comes back: the page it is sent to, and new cookies. */
  comeBack(url: string): Promise<{ page: URL; facts: URLSearchParams; refreshCookie: string }>;
}

export function openBrowser(users: SubgraphProcess): Browser {
  const jar = new Map<string, Map<string, string>>();

  async function send(url: string, init: RequestInit = {}): Promise<Response> {
    const cookies = jar.get(new URL(url).host) ?? new Map<string, string>();
    jar.set(new URL(url).host, cookies);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...Object.fromEntries(new Headers(init.headers)), cookie };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const text of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      cookies.set(name, value);
    }
    return response;
  }

  /** Follows redirects within the provider; stops at a page, or at the way out. */
  async function follow(response: Response, host: string): Promise<Response | string> {
    const location = response.headers.get('location');
    if (location === null) return response;
    const next = new URL(location, response.url);
    return next.host === host ? follow(await send(next.href), host) : next.href;
  }

  return {
    async leave(provider, body = {}) {
      const response = await send(`${users.url}/auth/external/${provider}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-tributary-client': 'web' },
        body: JSON.stringify(body),
      });
      const answer = (await response.json()) as { url?: string };
      return { status: response.status, url: answer.url ?? '' };
    },

    async signInAt(url, login) {
      const { host } = new URL(url);
      let at = await follow(await send(url), host);
      while (typeof at !== 'string') {
        const page = await at.text();
        const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? 'none';
        const form = new URLSearchParams({ prompt, login, password: 'any' });
        at = await follow(await send(at.url, { method: 'POST', body: form }), host);
      }
      return at;
    },

    async comeBack(url) {
      const response = await send(url.replace(publicUrl, users.url));
      const page = new URL(response.headers.get('location') ?? '', publicUrl);
      const refreshCookie = jar.get(new URL(users.url).host)?.get('tributary_refresh') ?? '';
      return { page, facts: new URLSearchParams(page.hash.slice(1)), refreshCookie };
    },
  };
}

/** From our page to the provider and back. */
export async function signInAtProvider(
  users: SubgraphProcess,
  login: string,
  { provider = 'acme', browser = openBrowser(users), body = {} } = {},
) {
  const { url } = await browser.leave(provider, body);
  return browser.comeBack(await browser.signInAt(url, login));
}

/** One provider whose addresses are trusted, and one whose addresses are not. */
export const test = base.override(
  'users',
  { scope: 'file' },
  async ({ database, redis }, { onCleanup }) => {
    const resources = new AsyncDisposableStack();
    onCleanup(() => resources.disposeAsync());
    const start = async (id: string, trustEmail: boolean) =>
      resources.use(await startOidcProvider({ id, publicUrl, trustEmail })).settings;
    const providers = await Promise.all([start('acme', true), start('stranger', false)]);
    const closed = { id: 'closed', name: 'Closed', issuer: 'http://127.0.0.1:1', clientId: 'any' };
    const environment = {
      PUBLIC_URL: publicUrl,
      OIDC_PROVIDERS: JSON.stringify([...providers, closed]),
    };
    return resources.use(await startSubgraph('users', { database, redis, environment }));
  },
);

/** Whose session a refresh cookie continues. */
export async function subjectOf(users: SubgraphProcess, refreshCookie: string): Promise<string> {
  const cookie = `tributary_refresh=${refreshCookie}`;
  const { body } = await postAuth(users, 'refresh', { cookie, web: true });
  return String(decodeJwt(body.accessToken).sub);
}

export const ticketFor = async (
  users: SubgraphProcess,
  ada: SignedInAccount,
  password = ada.password,
) =>
  mutate(
    users,
    { ...ada.principal, session: ada.session },
    ['startIdentityLink', 'StartIdentityLinkInput', 'ticket'],
    { provider: 'stranger', password },
  );

/** An account with the second provider as a way in; `login` is the name there. */
export async function withLinked(users: SubgraphProcess) {
  const ada = await openSession(users);
  const login = uniqueEmail();
  const { ticket } = await ticketFor(users, ada);
  const at = { provider: 'stranger', body: { ticket } };
  const { page, facts } = await signInAtProvider(users, login, at);
  return { ...ada, login, page, facts, me: { ...ada.principal, session: ada.session } };
}
