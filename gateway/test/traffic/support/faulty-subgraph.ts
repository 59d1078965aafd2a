import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface SeenFetch {
  headers: IncomingMessage['headers'];
  body: string;
  /** Resolves when the gateway broke the connection before it had an answer. */
  brokenOff: Promise<unknown>;
}

/** What becomes of one fetch. */
export type Behaviour = (response: ServerResponse, fetch: SeenFetch) => void;

export interface FaultySubgraph extends AsyncDisposable {
  url: string;
  /** Every fetch that arrived, oldest first. */
  seen: SeenFetch[];
  /** For the fetches from now on. */
  behave(behaviour: Behaviour): void;
  /** Breaks every connection. */
  stop(): void;
}

/** A real HTTP server in the place of a subgraph that does whatever the test says. */
export async function startFaultySubgraph(
  behaviour: Behaviour = answers({ data: { ok: true } }),
): Promise<FaultySubgraph> {
  let current = behaviour;
  const seen: SeenFetch[] = [];
  const server = createServer(async (request, response) => {
    const fetch = {
      headers: request.headers,
      brokenOff: once(response, 'close'),
      body: await text(request),
    };
    seen.push(fetch);
    current(response, fetch);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    seen,
    behave(next) {
      current = next;
    },
    stop: () => server.closeAllConnections(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function answers(
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): Behaviour {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

export const hangs: Behaviour = () => {};

export const resets: Behaviour = (response) => void response.socket?.destroy();

/** Keeps fetches waiting until the test answers them. */
export function holds(): { behaviour: Behaviour; answerAll(body: unknown): void } {
  const held: ServerResponse[] = [];
  return {
    behaviour: (response) => void held.push(response),
    answerAll(body) {
      for (const response of held.splice(0)) answers(body)(response, {} as SeenFetch);
    },
  };
}
