/** Between password and second factor: what was proved so far, for five minutes, behind a secret. */
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { hashSecret, newSecret } from '../credentials/secret.ts';

const lifetimeSeconds = 5 * 60;

const challengeSchema = z.object({
  subject: z.uuid(),
  workspace: z.uuid(),
  methods: z.array(z.string()),
  knownDevice: z.string().optional(),
});

export type Challenge = z.infer<typeof challengeSchema>;

export interface Challenges {
  /** The secret that continues the sign-in, and when it ends. */
  issue(challenge: Challenge): Promise<{ challenge: string; expiresAt: Date }>;
  find(secret: string): Promise<Challenge | undefined>;
  /** True for the first who asks: a challenge is met once. */
  take(secret: string): Promise<boolean>;
}

const keyOf = (secret: string) => `identity:challenge:${hashSecret(secret)}`;

export function createChallenges({ redis }: { redis: Redis }): Challenges {
  return {
    async issue(challenge) {
      const secret = newSecret();
      await redis.set(keyOf(secret), JSON.stringify(challenge), 'EX', lifetimeSeconds);
      return { challenge: secret, expiresAt: new Date(Date.now() + lifetimeSeconds * 1000) };
    },
    async find(secret) {
      const held = await redis.get(keyOf(secret));
      return held === null ? undefined : challengeSchema.parse(JSON.parse(held));
    },
    take: async (secret) => (await redis.del(keyOf(secret))) === 1,
  };
}
