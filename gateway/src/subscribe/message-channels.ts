/**
 * Redis channels, each subscribed to once for all of this process's listeners and left with the last.
 * Messages arrive at most once, in the order of publication.
 * Over ioredis itself: graphql-redis-subscriptions' RedisPubSub shares channels too, but leaves a
 * rejection unhandled when SUBSCRIBE fails, and that ends the process.
 */
import type { Logger } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { Redis } from 'ioredis';
import { createMessageQueue, type MessageQueue } from './message-queue.ts';

const queueLimit = 1000;

export interface MessageChannels {
  /**
   * Messages from now on, parsed JSON, until the iterator is returned.
   * @throws UNAVAILABLE while Redis is away.
   */
  listen(channel: string): Promise<AsyncIterator<unknown, undefined>>;
  readonly channelCount: number;
  readonly listenerCount: number;
}

interface Channel {
  listeners: Set<MessageQueue<unknown>>;
  subscribed: Promise<unknown>;
}

export interface MessageChannelOptions {
  /** A connection that nothing else subscribes with. */
  redis: Redis;
  logger: Logger;
}

export function createMessageChannels({ redis, logger }: MessageChannelOptions): MessageChannels {
  const channels = new Map<string, Channel>();

  function join(name: string, listener: MessageQueue<unknown>): Channel {
    const channel = channels.get(name) ?? {
      listeners: new Set(),
      subscribed: redis.subscribe(name),
    };
    channels.set(name, channel);
    channel.listeners.add(listener);
    return channel;
  }

  function leave(name: string, listener: MessageQueue<unknown>): void {
    const channel = channels.get(name);
    if (!channel?.listeners.delete(listener) || channel.listeners.size > 0) return;
    channels.delete(name);
    unsubscribe(name);
  }

  function unsubscribe(name: string): void {
    redis
      .unsubscribe(name)
      .catch((error: unknown) => logger.warn({ err: error }, 'could not leave a channel'));
  }

  redis.on('message', (name: string, text: string) => {
    const channel = channels.get(name);
    // Subscribed to again after a lost connection, though its last listener left meanwhile.
    if (!channel) return unsubscribe(name);
    const message = parseMessage(text);
    if (message === undefined) return logger.error({ channel: name }, 'a message is not JSON');
    for (const listener of channel.listeners) listener.push(message);
  });

  return {
    async listen(name) {
      const listener: MessageQueue<unknown> = createMessageQueue({
        limit: queueLimit,
        onEnd: () => leave(name, listener),
      });
      try {
        await join(name, listener).subscribed;
        return listener;
      } catch (error) {
        await listener.return();
        logger.warn({ err: error }, 'could not subscribe to a channel');
        throw new TributaryError('UNAVAILABLE', 'Subscriptions are away for the moment.');
      }
    },
    get channelCount() {
      return channels.size;
    },
    get listenerCount() {
      return [...channels.values()].reduce((sum, { listeners }) => sum + listeners.size, 0);
    },
  };
}

function parseMessage(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
