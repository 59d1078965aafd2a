import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { tap } from 'rxjs';
import { WebSocket } from 'ws';

/** A client that stays subscribed whatever happens, and resumes where it was. */
export interface Follower extends Disposable {
  /** Every result with data, in the order of arrival. */
  data: unknown[];
  /** Extensions of every result. */
  extensions: Record<string, unknown>[];
}

export interface FollowOptions {
  url: string;
  query: string;
  headers: Record<string, string>;
}

type Follow = (options: FollowOptions) => Follower;

/** Remembers the last cursor, in the object that clients send along whenever they subscribe. */
function createRecord() {
  const data: unknown[] = [];
  const extensions: Record<string, unknown>[] = [];
  const resume: { cursor: unknown } = { cursor: null };
  return {
    data,
    extensions,
    resume,
    take(result: { data?: unknown; extensions?: Record<string, unknown> | undefined }) {
      if (result.data) data.push(result.data);
      if (result.extensions) extensions.push(result.extensions);
      resume.cursor = result.extensions?.cursor ?? resume.cursor;
    },
  };
}

const soon = () => new Promise<void>((resolve) => setTimeout(resolve, 200));

const overWebSocket: Follow = ({ url, query, headers }) => {
  const { take, resume, ...record } = createRecord();
  const client = createWsClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: headers,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: soon,
    shouldRetry: () => true,
  });
  const sink = { next: take as never, error: () => {}, complete: () => {} };
  client.subscribe({ query, extensions: { resume } }, sink);
  return { ...record, [Symbol.dispose]: () => void client.dispose() };
};

const overEventStream: Follow = ({ url, query, headers }) => {
  const { take, resume, ...record } = createRecord();
  const client = createSseClient({
    url: `${url}/graphql`,
    headers,
    retryAttempts: Number.POSITIVE_INFINITY,
    retry: soon,
  });
  let done = false;
  const subscribe = (): void => {
    const again = () => void soon().then(() => done || subscribe());
    const sink = { next: take as never, error: again, complete: again };
    client.subscribe({ query, extensions: { resume } }, sink);
  };
  subscribe();
  return {
    ...record,
    [Symbol.dispose]() {
      done = true;
      client.dispose();
    },
  };
};

const overMultipart: Follow = ({ url, query, headers }) => {
  const { take, resume, ...record } = createRecord();
  // In a link, since the client itself passes over results that hold extensions alone.
  const recording = new ApolloLink((operation, forward) =>
    forward(operation).pipe(tap(take as never)),
  );
  const http = new HttpLink({ uri: `${url}/graphql`, headers, includeExtensions: true });
  const client = new ApolloClient({ cache: new InMemoryCache(), link: recording.concat(http) });
  let subscription: { unsubscribe(): void } | undefined;
  let done = false;
  const subscribe = (): void => {
    const again = () => void soon().then(() => done || subscribe());
    subscription = client
      .subscribe({
        query: gql(query),
        extensions: { resume: { ...resume } },
        fetchPolicy: 'no-cache',
        errorPolicy: 'all',
      })
      .subscribe({ error: again, complete: again });
  };
  subscribe();
  return {
    ...record,
    [Symbol.dispose]() {
      done = true;
      subscription?.unsubscribe();
      client.stop();
    },
  };
};

/** The transports, by the clients that people use for them. */
export const followers = {
  'graphql-ws over a WebSocket': overWebSocket,
  'graphql-sse over an event stream': overEventStream,
  'Apollo Client over multipart HTTP': overMultipart,
} satisfies Record<string, Follow>;
