/** One subscription over one HTTP response that stays open. */
import type { ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import { errorCodes } from '@tributary/errors';
import type { Client } from '../clients.ts';
import type { Ending } from '../endings.ts';
import type { Sink } from '../member.ts';
import type { Subscribe } from '../subscribe.ts';
import type { StreamFormat } from './stream-format.ts';

const keepAliveMilliseconds = 12_000;
/** For a client to read what it was sent last. */
const lastReadMilliseconds = 5_000;

export interface HttpStreamOptions {
  response: ServerResponse;
  format: StreamFormat;
  payload: unknown;
  client: Client;
  subscribe: Subscribe;
}

/** Ends with the subscription, whichever side ends it. */
export async function streamSubscription(options: HttpStreamOptions): Promise<void> {
  const { response, format, payload, client, subscribe } = options;
  // A client that reads nothing may be ended long before its response is closed.
  const write = (text: string) => {
    if (!response.writableEnded) response.write(text);
  };
  const end = (errors: readonly object[], retryAfter?: number) => {
    if (response.writableEnded) return;
    if (retryAfter !== undefined) write(format.retry(retryAfter));
    if (errors.length > 0) write(format.next(JSON.stringify({ errors }), undefined));
    response.end(format.end);
    setTimeout(() => response.destroy(), lastReadMilliseconds).unref();
  };
  const sink: Sink = {
    next: ({ text }, cursor) => write(format.next(text, cursor)),
    bufferedBytes: () => response.writableLength,
    onDrained: (run) => void response.once('drain', run),
  };
  client.end = (ending) => end(errorsOf(ending), ending.retryAfter);
  const keepAlive = setInterval(() => write(format.keepAlive), keepAliveMilliseconds);
  write(format.begin);
  const subscribed = await subscribe({ payload, sink, client });
  if (subscribed.kind === 'refused') end(subscribed.errors);
  // Also when the client is gone already.
  await finished(response).catch(() => {});
  clearInterval(keepAlive);
  if (subscribed.kind === 'open') subscribed.close();
}

function errorsOf({ error, reason }: Ending): object[] {
  if (!error) return [];
  return [{ message: `${errorCodes[error].meaning} (${reason})`, extensions: { code: error } }];
}
