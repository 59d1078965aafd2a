/**
 * Redis channels, each subscribed to once for all of this process's groups and left with the last.
 * Within one connection Redis loses nothing and keeps the order; what was published while the
 * connection was away is read from the channel's history, before anything newer goes on.
 */
import type { Logger } from '@tributary/chassis';
import {
  type ChannelHistory,
  type Cursor,
  compareCursors,
  type Envelope,
  parseEnvelope,
} from '@tributary/pubsub';
import type { Redis } from 'ioredis';

/** Is called in the order of publication, with each message once. */
export interface ChannelListener {
  /** Names the newest message before the first that `onMessage` gets. */
  onOpened(head: Cursor): void;
  onMessage(message: Envelope): void;
  /** Messages are lost: the history no longer reaches back. What follows comes after `head`. */
  onGap(head: Cursor): void;
  /** Redis went away, or is back and caught up with. */
  onAway(away: boolean): void;
}

export interface RedisChannels {
  /** Listens from now on, until `leave`. @throws while Redis is away. */
  join(name: string, listener: ChannelListener): Promise<void>;
  leave(name: string, listener: ChannelListener): void;
  readonly size: number;
}

interface Channel {
  listeners: Set<ChannelListener>;
  /** The newest message that the listeners were given; undefined until Redis said so. */
  last: Cursor | undefined;
  /** Messages that wait until those before them were read from the history. */
  held: Envelope[] | undefined;
  opened: Promise<void>;
}

export interface RedisChannelOptions {
  /** A connection that nothing else subscribes with, without `autoResubscribe`. */
  redis: Redis;
  history: ChannelHistory;
  logger: Logger;
}

/** For what is read over another connection, which may be back later. */
const retryMilliseconds = 500;

export function createRedisChannels({
  redis,
  history,
  logger,
}: RedisChannelOptions): RedisChannels {
  const channels = new Map<string, Channel>();
  let connected = true;
  let losses = 0;

  function open(name: string): Channel {
    const channel: Channel = {
      listeners: new Set(),
      last: undefined,
      held: [],
      opened: Promise.resolve(),
    };
    channels.set(name, channel);
    channel.opened = start(name, channel);
    return channel;
  }

  async function start(name: string, channel: Channel): Promise<void> {
    // What is published until Redis has subscribed is in the history, after the head.
    const before = losses;
    const head = await history.head(name);
    await redis.subscribe(name);
    const missed = (await history.after(name, head)) ?? [];
    if (losses !== before) return start(name, channel);
    channel.last = head;
    for (const listener of channel.listeners) listener.onOpened(head);
    for (const message of missed) dispatch(channel, message);
    release(channel);
  }

  function leave(name: string, listener: ChannelListener): void {
    const channel = channels.get(name);
    if (!channel?.listeners.delete(listener) || channel.listeners.size > 0) return;
    channels.delete(name);
    redis
      .unsubscribe(name)
      .catch((error: unknown) => logger.warn({ err: error }, 'could not leave a channel'));
  }

  async function catchUp(name: string, channel: Channel): Promise<void> {
    if (channel.last === undefined) return;
    const missed = await history.after(name, channel.last);
    for (const message of missed ?? []) dispatch(channel, message);
    if (!missed) {
      const head = await history.head(name);
      channel.last = head;
      for (const listener of channel.listeners) listener.onGap(head);
    }
    release(channel);
    for (const listener of channel.listeners) listener.onAway(false);
  }

  async function reconnect(): Promise<void> {
    if (connected) return;
    connected = true;
    await catchUpAll();
  }

  /** Tries until it succeeds or the connection is lost again. */
  async function catchUpAll(): Promise<void> {
    const away = [...channels].filter(([, { held }]) => held);
    const before = losses;
    try {
      if (away.length > 0) await redis.subscribe(...away.map(([name]) => name));
      await Promise.all(away.map(([name, channel]) => catchUp(name, channel)));
    } catch (error) {
      logger.warn({ err: error }, 'could not catch up');
      setTimeout(() => losses === before && void catchUpAll(), retryMilliseconds).unref();
    }
  }

  redis.on('message', (name: string, text: string) => {
    const channel = channels.get(name);
    const message = channel && readMessage(name, text, logger);
    if (!message) return;
    if (channel.held) channel.held.push(message);
    else dispatch(channel, message);
  });
  redis.on('close', () => {
    if (!connected) return;
    connected = false;
    losses += 1;
    for (const channel of channels.values()) {
      channel.held ??= [];
      for (const listener of channel.listeners) listener.onAway(true);
    }
  });
  redis.on('ready', () => void reconnect());

  return {
    async join(name, listener) {
      const channel = channels.get(name) ?? open(name);
      channel.listeners.add(listener);
      try {
        if (channel.last !== undefined) listener.onOpened(channel.last);
        await channel.opened;
      } catch (error) {
        leave(name, listener);
        throw error;
      }
    },
    leave,
    get size() {
      return channels.size;
    },
  };
}

function release(channel: Channel): void {
  const held = channel.held ?? [];
  channel.held = undefined;
  for (const message of held) dispatch(channel, message);
}

function dispatch(channel: Channel, message: Envelope): void {
  if (channel.last !== undefined && compareCursors(message.cursor, channel.last) <= 0) return;
  channel.last = message.cursor;
  for (const listener of channel.listeners) listener.onMessage(message);
}

function readMessage(channel: string, text: string, logger: Logger): Envelope | undefined {
  try {
    return parseEnvelope(text);
  } catch (error) {
    logger.error({ err: error, channel }, 'what was published is no message');
    return undefined;
  }
}
