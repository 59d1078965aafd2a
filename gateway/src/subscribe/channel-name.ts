import { type Principal, requireKnown } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import { renderTopic } from '@tributary/pubsub';
import { type TopicClaim, topicClaims } from '../supergraph/topics.ts';

export interface ChannelSource {
  /** An `@topic` template that was checked when the supergraph was loaded. */
  topic: string;
  /** The root field's arguments. */
  args: Readonly<Record<string, unknown>>;
  principal: Principal;
}

/**
 * The channel a subscriber listens to. Claims come from the verified principal only, and an argument
 * can never reach beyond its own place in the name.
 * @throws UNAUTHENTICATED when the template needs a person and nobody is signed in, INVALID_INPUT
 *   when an argument cannot be part of a name.
 */
export function channelName({ topic, args, principal }: ChannelSource): string {
  return renderTopic(topic, (namespace, name) =>
    namespace === 'claims' ? claim(principal, name) : argument(args, name),
  );
}

function claim(principal: Principal, name: string): string {
  if (!isTopicClaim(name)) throw new Error(`No principal has the claim ${name}.`);
  return requireKnown(principal)[name];
}

function isTopicClaim(name: string): name is TopicClaim {
  return topicClaims.some((known) => known === name);
}

function argument(args: ChannelSource['args'], name: string): string {
  const value = args[name];
  const nameable =
    (typeof value === 'string' && value !== '' && value.isWellFormed()) ||
    typeof value === 'number' ||
    typeof value === 'boolean';
  if (nameable) return String(value);
  throw new TributaryError('INVALID_INPUT', `${name}: expected a value that names a channel.`, [
    name,
  ]);
}
