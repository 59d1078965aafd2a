/** One subscription over one HTTP response that stays open. */
import type { ServerResponse } from 'node:http';
import { errorCodes } from '@tributary/errors';
import type { Client } from '../clients.ts';
import type { Ending } from '../endings.ts';
import type { Sink } from '../member.ts';
import type { Subscribe } from '../subscribe.ts';
import type { StreamFormat } from './stream-format.ts';

const keepAliveMilliseconds = 12_000;

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
  const keepAlive = setInterval(() => response.write(format.keepAlive), keepAliveMilliseconds);
  const closed = new Promise((resolve) => response.once('close', resolve));
  const sink: Sink = {
    next: ({ text }, cursor) => void response.write(format.next(text, cursor)),
    bufferedBytes: () => response.writableLength,
    onDrained: (run) => void response.once('drain', run),
  };
  client.end = (ending) => finish(options, errorsOf(ending));
  response.write(format.begin);
  const subscribed = await subscribe({ payload, sink, client });
  if (subscribed.kind === 'refused') finish(options, subscribed.errors);
  await closed;
  clearInterval(keepAlive);
  if (subscribed.kind === 'open') subscribed.close();
}

function finish({ response, format }: HttpStreamOptions, errors: readonly object[]): void {
  if (errors.length > 0) response.write(format.next(JSON.stringify({ errors }), undefined));
  response.end(format.end);
}

function errorsOf({ error, reason }: Ending): object[] {
  if (!error) return [];
  return [{ message: `${errorCodes[error].meaning} (${reason})`, extensions: { code: error } }];
}
