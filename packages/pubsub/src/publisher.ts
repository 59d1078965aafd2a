import { RedisPubSub } from 'graphql-redis-subscriptions';
import type { Redis } from 'ioredis';
import { type ChannelName, channels, type Message } from './channels.ts';
import { renderTopic } from './topic-template.ts';

/** Values for the placeholders of a channel's template, by name. */
export type ChannelValues = Readonly<Record<string, string>>;

export interface Publisher {
  /** Checks the message against the channel's schema and publishes it; at most once, to whoever listens now. */
  publish<Name extends ChannelName>(
    name: Name,
    values: ChannelValues,
    message: Message<Name>,
  ): Promise<void>;
}

/** Publishes on `redis`; never subscribes, so one ordinary connection is enough. */
export function createPublisher({ redis }: { redis: Redis }): Publisher {
  const pubsub = new RedisPubSub({ publisher: redis, subscriber: redis });
  return {
    async publish(name, values, message) {
      const { topic, schema } = channels[name];
      const channel = renderTopic(topic, (_, placeholder) => valueFor(values, placeholder, topic));
      await pubsub.publish(channel, schema.parse(message));
    },
  };
}

function valueFor(values: ChannelValues, placeholder: string, topic: string): string {
  const value = values[placeholder];
  if (value === undefined) throw new Error(`No value for ${placeholder} of the topic ${topic}`);
  return value;
}
