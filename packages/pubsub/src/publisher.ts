import type { Redis } from 'ioredis';
import { type ChannelName, channels, type Message } from './channels.ts';
import type { Cursor } from './message-envelope.ts';
import { publishMessage } from './publish-message.ts';
import { renderTopic } from './topic-template.ts';

/** Values for the placeholders of a channel's template, by name. */
export type ChannelValues = Readonly<Record<string, string>>;

export interface PublishOptions {
  /** Makes publishing repeatable: the channel takes a message of this id once while its history lasts. */
  id?: string;
}

export interface Publisher {
  /**
   * Checks the message against the channel's schema, keeps it in the channel's history and publishes
   * it, at once or not at all. Called after the commit that it tells of, never within a request.
   * @returns its number; undefined when it was published before.
   * @throws ZodError for a message that will never fit, anything else while Redis is away: try again.
   */
  publish<Name extends ChannelName>(
    name: Name,
    values: ChannelValues,
    message: Message<Name>,
    options?: PublishOptions,
  ): Promise<Cursor | undefined>;
}

/** Publishes on `redis`; never subscribes, so one ordinary connection is enough. */
export function createPublisher({ redis }: { redis: Redis }): Publisher {
  return {
    async publish(name, values, message, { id } = {}) {
      const { topic, schema, history } = channels[name];
      const channel = renderTopic(topic, (_, placeholder) => valueFor(values, placeholder, topic));
      const text = JSON.stringify(schema.parse(message));
      return publishMessage(redis, { channel, text, history, id });
    },
  };
}

function valueFor(values: ChannelValues, placeholder: string, topic: string): string {
  const value = values[placeholder];
  if (value === undefined) throw new Error(`No value for ${placeholder} of the topic ${topic}`);
  return value;
}
