/**
 * A client of graphql-transport-ws that costs as little as can be: it shares the machine with the
 * gateway that is measured, and an ordinary client costs more than the gateway does for it.
 */
import { connect, type Socket } from 'node:net';
import { clientFrame, createFrameReader, opcodes } from './frame-reader.ts';

export interface ClientOptions {
  port: number;
  query: string;
  topic: string;
  /** A result, good until the call returns. */
  onResult: (payload: Buffer) => void;
  onError: (error: Error) => void;
}

const upgrade = [
  'GET /graphql HTTP/1.1',
  'Host: 127.0.0.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  'Sec-WebSocket-Protocol: graphql-transport-ws',
  '\r\n',
].join('\r\n');

/** All sockets read into it, one after the other. */
const shared = Buffer.alloc(65_536);

/** Resolves when the gateway has been asked for the subscription, which it does not confirm. */
export function connectClient(options: ClientOptions): Promise<void> {
  const { port, query, topic, onResult } = options;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const fail = (error: Error) => {
    reject(error);
    options.onError(error);
  };
  const say = (message: object) => socket.write(clientFrame(opcodes.text, JSON.stringify(message)));
  let isKnown = false;

  function hear(payload: Buffer): void {
    if (isKnown) onResult(payload);
    else if (payload.includes('connection_ack')) {
      isKnown = true;
      const id = crypto.randomUUID();
      say({ id, type: 'subscribe', payload: { query, variables: { topic } } });
      resolve();
    }
  }

  const read = createFrameReader((opcode, payload) => {
    if (opcode === opcodes.text) hear(payload);
    else if (opcode === opcodes.ping) socket.write(clientFrame(opcodes.pong, payload));
    else fail(new Error(`A gateway closed a socket: ${payload.subarray(2)}`));
  });
  let receive = (chunk: Buffer) => {
    if (!chunk.includes('HTTP/1.1 101')) return fail(new Error(chunk.toString('latin1')));
    receive = read;
    say({ type: 'connection_init' });
  };
  const callback = (length: number) => {
    receive(shared.subarray(0, length));
    return true;
  };
  const socket: Socket = connect({ port, host: '127.0.0.1', onread: { buffer: shared, callback } });
  socket.setNoDelay();
  socket.once('connect', () => socket.write(upgrade));
  socket.once('error', fail);
  return promise;
}
