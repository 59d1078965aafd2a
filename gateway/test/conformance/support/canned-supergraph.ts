import { text } from 'node:stream/consumers';
import { composeServices } from '@apollo/composition';
import { serveHttp } from '@tributary/testkit';
import { parse } from 'graphql';
import { temporarySupergraph } from './temporary-supergraph.ts';

export interface CannedAnswer {
  status?: number;
  type?: string;
  body: string;
}

/** Answers an operation's text with bytes that no GraphQL library would send. */
export type Canned = (query: string) => CannedAnswer | string;

export interface CannedSupergraph extends AsyncDisposable {
  path: string;
}

/** A supergraph whose subgraphs answer whatever they are told to. */
export async function startCannedSupergraph(
  subgraphs: Readonly<Record<string, { sdl: string; answer: Canned }>>,
): Promise<CannedSupergraph> {
  const resources = new AsyncDisposableStack();
  const services = await Promise.all(
    Object.entries(subgraphs).map(async ([name, { sdl, answer }]) => {
      const { url } = resources.use(await serve(answer));
      return { name, url, typeDefs: parse(sdl) };
    }),
  );
  const { errors, supergraphSdl } = composeServices(services);
  if (!supergraphSdl) throw new AggregateError(errors ?? [], 'the canned supergraph is wrong');
  const { path } = resources.use(await temporarySupergraph(supergraphSdl));
  return { path, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

function serve(answer: Canned) {
  return serveHttp(async (request, response) => {
    const { query } = JSON.parse(await text(request)) as { query: string };
    const told = answer(query);
    const {
      status = 200,
      type = 'application/json',
      body,
    } = typeof told === 'string' ? { body: told } : told;
    response.writeHead(status, { 'content-type': type }).end(body);
  });
}
