import { once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface RawAnswer {
  status: number | undefined;
  headers: IncomingMessage['headers'];
  text: string;
}

/** A request with just these headers: `fetch` adds some, and keeps others from being set. */
export async function send(
  url: string,
  method: string,
  headers: OutgoingHttpHeaders = {},
  body?: string | Buffer,
): Promise<RawAnswer> {
  const chunked = body === undefined || headers['transfer-encoding'] !== undefined;
  const length = chunked ? {} : { 'content-length': Buffer.byteLength(body) };
  const asking = request(url, { method, headers: { ...length, ...headers } });
  // A server that has answered need not read the rest.
  asking.on('error', () => {});
  asking.end(body);
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, text: await text(answer) };
}
