import { Client } from 'undici';

export interface Exchange {
  status: number;
  body: Buffer[];
  /** Of the body. */
  bytes: number;
}

export interface Connection {
  /** POSTs a GraphQL request. Rejects when the answer does not come whole, or not within 30 s. */
  send(body: string): Promise<Exchange>;
  close(): Promise<void>;
}

const timeoutMilliseconds = 30_000;

export interface Target {
  /** `http://host:port`, without a path. */
  origin: string;
  /** Of the `Authorization` header. */
  authorization?: string;
}

/** One keep-alive connection. `dispatch` is used for what it costs: the measuring shares the machine. */
export function openConnection({ origin, authorization }: Target): Connection {
  const client = new Client(origin, {
    headersTimeout: timeoutMilliseconds,
    bodyTimeout: timeoutMilliseconds,
  });
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(authorization && { authorization }),
  };

  function send(body: string): Promise<Exchange> {
    return new Promise((resolve, reject) => {
      const exchange: Exchange = { status: 0, body: [], bytes: 0 };
      client.dispatch(
        { method: 'POST', path: '/graphql', headers, body },
        {
          onRequestStart() {},
          onResponseStart(_, status) {
            exchange.status = status;
          },
          onResponseData(_, chunk) {
            exchange.body.push(chunk);
            exchange.bytes += chunk.length;
          },
          onResponseEnd: () => resolve(exchange),
          onResponseError: (_, error) => reject(error),
        },
      );
    });
  }

  return { send, close: () => client.destroy() };
}
