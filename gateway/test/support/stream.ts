import type { GatewayProcess } from './gateway-process.ts';

/** What a client of each format accepts. */
export const accepted = {
  'an event stream': 'text/event-stream',
  'multipart HTTP': 'multipart/mixed;subscriptionSpec=1.0',
} as const;

export interface StreamOptions {
  query: string;
  headers?: Record<string, string>;
  accept?: string;
  /** Where it resumes; from now on unless given. */
  cursor?: string | undefined;
}

export interface Stream extends AsyncDisposable {
  status: number;
  headers: Headers;
  /** What has come so far. */
  text(): string;
  /** All of it, once the gateway ended it. */
  ended: Promise<string>;
}

/** A subscription over HTTP that resumes, read as it comes. */
export async function openStream(
  { url }: Pick<GatewayProcess, 'url'>,
  { query, headers = {}, accept = accepted['an event stream'], cursor }: StreamOptions,
): Promise<Stream> {
  const leaving = new AbortController();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...headers },
    body: JSON.stringify({ query, extensions: { resume: { cursor } } }),
    signal: leaving.signal,
  });
  let text = '';
  async function read(): Promise<string> {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
    return text;
  }
  const ended = read();
  ended.catch(() => {});
  return {
    status: response.status,
    headers: response.headers,
    text: () => text,
    ended,
    async [Symbol.asyncDispose]() {
      leaving.abort();
      await ended.catch(() => {});
    },
  };
}
