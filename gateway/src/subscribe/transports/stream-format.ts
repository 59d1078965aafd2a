/** How results are written to an HTTP response that stays open. */
export interface StreamFormat {
  contentType: string;
  begin: string;
  next(text: string, cursor: string | undefined): string;
  /** Says nothing, so that nobody between here and the client takes the connection for dead. */
  keepAlive: string;
  /** Says when to come back, should the stream end. */
  retry(milliseconds: number): string;
  end: string;
}

/** https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md, distinct connections mode. */
export const eventStream: StreamFormat = {
  contentType: 'text/event-stream; charset=utf-8',
  begin: ':\n\n',
  next: (text, cursor) =>
    `event: next\n${cursor === undefined ? '' : `id: ${cursor}\n`}data: ${text}\n\n`,
  keepAlive: ':\n\n',
  // What browsers' EventSource goes by.
  retry: (milliseconds) => `retry: ${milliseconds}\n\n`,
  end: 'event: complete\ndata:\n\n',
};

const part = (body: string) => `\r\ncontent-type: application/json\r\n\r\n${body}\r\n--graphql`;

/**
 * https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol
 * A part ends with the next one's boundary, so that clients need not wait for it.
 */
export const multipart: StreamFormat = {
  contentType: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
  begin: '\r\n--graphql',
  next: (text) => part(`{"payload":${text}}`),
  keepAlive: part('{}'),
  retry: (milliseconds) => part(`{"payload":{"extensions":{"retryAfter":${milliseconds}}}}`),
  end: '--\r\n',
};

const formats: readonly (readonly [accepted: RegExp, StreamFormat])[] = [
  [/\btext\/event-stream\b/, eventStream],
  [/\bmultipart\/mixed\b[^,]*\bsubscriptionSpec="?1\.0/, multipart],
];

/** The format an `Accept` header asks for; undefined when it asks for an ordinary answer. */
export function streamFormatFor(accept: string | undefined): StreamFormat | undefined {
  return accept === undefined
    ? undefined
    : formats.find(([accepted]) => accepted.test(accept))?.[1];
}
