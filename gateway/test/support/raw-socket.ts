import { once } from 'node:events';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import type { GatewayProcess } from './gateway-process.ts';

export interface RawSocket extends Disposable {
  socket: WebSocket;
  /** Sends texts as they are, objects as JSON, all in one packet. */
  send(...messages: (string | object)[]): void;
  /** What the gateway said, in order. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into what they expect.
  received: any[];
  closed: Promise<{ code: number; reason: string }>;
}

/** A socket that says what no well-behaved client would. */
export async function openRawSocket(
  { url }: Pick<GatewayProcess, 'url'>,
  headers: Record<string, string> = {},
): Promise<RawSocket> {
  const address = `${url.replace('http', 'ws')}/graphql`;
  const socket = new WebSocket(address, 'graphql-transport-ws', { headers });
  const received: unknown[] = [];
  const closed = Promise.withResolvers<{ code: number; reason: string }>();
  socket.on('message', (data: Buffer) => received.push(JSON.parse(data.toString())));
  socket.on('close', (code, reason) => closed.resolve({ code, reason: reason.toString() }));
  await once(socket, 'open');
  const { _socket: connection } = socket as unknown as { _socket: import('node:net').Socket };
  return {
    socket,
    received,
    closed: closed.promise,
    send(...messages) {
      connection.cork();
      for (const message of messages) {
        socket.send(typeof message === 'string' ? message : JSON.stringify(message));
      }
      connection.uncork();
    },
    [Symbol.dispose]: () => socket.terminate(),
  };
}

/** One that has said who it is, and was let in. */
export async function openKnownSocket(
  gateway: Pick<GatewayProcess, 'url'>,
  payload: { authorization: string },
): Promise<RawSocket> {
  const raw = await openRawSocket(gateway);
  raw.send({ type: 'connection_init', payload });
  await expect.poll(() => raw.received).toEqual([{ type: 'connection_ack' }]);
  return raw;
}
