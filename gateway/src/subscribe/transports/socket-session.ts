import type { Socket } from 'node:net';
import { originalError } from '@tributary/errors';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { Sender } from '../../identity/api-key.ts';
import type { Identify } from '../../identity/identify.ts';
import type { ClientIdentity } from '../../operations/persisted/operation-source.ts';
import type { Client, Clients } from '../clients.ts';
import { endings } from '../endings.ts';
import type { Sink } from '../member.ts';
import type { Subscribe } from '../subscribe.ts';
import { type ClientMessage, parseClientMessage } from './socket-message.ts';
import { textFrame } from './text-frame.ts';

const initMilliseconds = 3_000;
const mostSubscriptions = 100;

/** The protocol's own close codes. */
const closeCodes = {
  badRequest: 4400,
  unauthorized: 4401,
  forbidden: 4403,
  initTimeout: 4408,
  subscriberExists: 4409,
  tooManyInits: 4429,
} as const;

interface OpenOperation {
  /** Undefined while it is about to open. */
  close: (() => void) | undefined;
}

/** ws throws at a reason beyond the 123 bytes that a close frame has room for. */
const toReason = (text: string) => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 123);

const connectionParamsSchema = z.object({ authorization: z.string().optional() });

export interface SocketSessionOptions {
  socket: WebSocket;
  /** Beneath the WebSocket. */
  connection: Socket;
  sender: Sender;
  application: ClientIdentity;
  identify: Identify;
  subscribe: Subscribe;
  clients: Clients;
  idleMilliseconds: number;
}

/** Serves one socket, which says once who it is and then subscribes. */
export function createSocketSession(options: SocketSessionOptions): void {
  const { socket, connection, sender, identify, subscribe, clients, idleMilliseconds } = options;
  const subscriptions = new Map<string, OpenOperation>();
  const client: Client = {
    address: sender.address,
    application: options.application,
    identity: undefined,
    end: ({ code, reason }) => socket.close(code, reason),
  };
  let phase: 'new' | 'initialising' | 'ready' = 'new';

  if (!clients.enter(client)) {
    client.end(endings.tooManyConnections);
    return;
  }
  let timer = setTimeout(
    () => socket.close(closeCodes.initTimeout, 'connection_init was expected'),
    initMilliseconds,
  );
  socket.on('message', (data: Buffer) => {
    const message = parseClientMessage(data.toString());
    if (message) receive(message);
    else socket.close(closeCodes.badRequest, 'this is no message of graphql-transport-ws');
  });
  socket.on('close', () => {
    clearTimeout(timer);
    clients.leave(client);
    for (const { close } of subscriptions.values()) close?.();
    subscriptions.clear();
  });

  function receive(message: ClientMessage): void {
    switch (message.type) {
      case 'connection_init':
        void initialise(message.payload);
        break;
      case 'ping':
        socket.send('{"type":"pong"}');
        break;
      case 'pong':
        break;
      case 'subscribe':
        void open(message.id, message.payload);
        break;
      case 'complete':
        close(message.id);
        break;
      default:
        message satisfies never;
    }
  }

  async function initialise(payload: unknown): Promise<void> {
    if (phase !== 'new') return socket.close(closeCodes.tooManyInits, 'initialised before');
    phase = 'initialising';
    try {
      const { authorization } = connectionParamsSchema.parse(payload ?? {});
      const identity = await identify(authorization, sender);
      if (socket.readyState !== socket.OPEN) return;
      if (!clients.identify(client, identity))
        return clients.end(client, endings.tooManyConnections);
      phase = 'ready';
      socket.send('{"type":"connection_ack"}');
      waitForSubscription();
    } catch (error) {
      const known = originalError(error);
      if (known?.code === 'UNAVAILABLE') clients.end(client, endings.unavailable);
      else socket.close(closeCodes.forbidden, toReason(known?.message ?? 'Forbidden'));
    }
  }

  /** A socket that nothing is subscribed on is not kept for long. */
  function waitForSubscription(): void {
    clearTimeout(timer);
    timer = setTimeout(() => clients.end(client, endings.idle), idleMilliseconds);
  }

  async function open(id: string, payload: unknown): Promise<void> {
    if (phase !== 'ready') return socket.close(closeCodes.unauthorized, 'connection_init first');
    if (subscriptions.has(id)) return socket.close(closeCodes.subscriberExists, 'the id is in use');
    if (subscriptions.size >= mostSubscriptions) return refuse(id, [tooMany]);
    clearTimeout(timer);
    const operation: OpenOperation = { close: undefined };
    subscriptions.set(id, operation);
    const opened = await subscribe({ payload, client, sink: createSink(id) });
    // Meanwhile the client may have completed it, and used its id anew.
    const isWanted = subscriptions.get(id) === operation && socket.readyState === socket.OPEN;
    if (opened.kind === 'open' && isWanted) operation.close = opened.close;
    else if (opened.kind === 'open') opened.close();
    else if (isWanted) refuse(id, opened.errors);
  }

  function createSink(id: string): Sink {
    const prefix = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
    return {
      next({ bytes }) {
        if (socket.readyState === socket.OPEN) connection.write(textFrame(prefix, bytes));
      },
      bufferedBytes: () => connection.writableLength,
      onDrained: (run) => void connection.once('drain', run),
    };
  }

  function refuse(id: string, errors: readonly object[]): void {
    socket.send(JSON.stringify({ id, type: 'error', payload: errors }));
    remove(id);
  }

  function close(id: string): void {
    subscriptions.get(id)?.close?.();
    remove(id);
  }

  function remove(id: string): void {
    if (subscriptions.delete(id) && subscriptions.size === 0) waitForSubscription();
  }
}

const tooMany = {
  message: `A socket holds at most ${mostSubscriptions} subscriptions.`,
  extensions: { code: 'RATE_LIMITED' },
};
