import { RedisPubSub } from 'graphql-redis-subscriptions';
import type { Redis } from 'ioredis';
import { z } from 'zod';

/** What is no longer valid of a person: all of it, one workspace's part, or one session. */
const revocationSchema = z.object({
  subject: z.string(),
  workspace: z.string().nullish(),
  session: z.string().nullish(),
});
export type Revocation = z.infer<typeof revocationSchema>;

/** Heard by every gateway that is there at the moment; what is not heard ends with its token. */
export const revocationChannel = 'identity.revocations';

/** @throws saying why a text from the channel is no revocation. */
export function parseRevocation(text: string): Revocation {
  return revocationSchema.parse(JSON.parse(text));
}

export type PublishRevocation = (revocation: Revocation) => Promise<void>;

/** Publishes on `redis`, at most once. @throws while Redis is away. */
export function createRevocationPublisher({ redis }: { redis: Redis }): PublishRevocation {
  const pubsub = new RedisPubSub({ publisher: redis, subscriber: redis });
  return (revocation) =>
    pubsub.publish(revocationChannel, { ...revocation, at: new Date().toISOString() });
}
