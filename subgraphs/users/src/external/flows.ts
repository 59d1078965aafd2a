/**
 * Between leaving for a provider and coming back: ten minutes, once, and in the same browser only.
 * The browser's secret is in a cookie; a link that was begun elsewhere is worth nothing here.
 */
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { hashSecret, newSecret } from '../credentials/secret.ts';

const lifetimeSeconds = 10 * 60;

const flowSchema = z.object({
  provider: z.string(),
  verifier: z.string(),
  nonce: z.string(),
  /** Hash of the browser's secret. */
  browser: z.string(),
  purpose: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('sign-in'),
      from: z.string(),
      deviceToken: z.string().optional(),
    }),
    z.object({ kind: z.literal('link'), subject: z.uuid(), session: z.uuid() }),
  ]),
});

export type Flow = z.infer<typeof flowSchema>;
export type Purpose = Flow['purpose'];

export interface Flows {
  /** Keeps a flow under a new state. */
  keep(state: string, flow: Flow): Promise<void>;
  /** The flow, for the first who asks with the secret of the browser it began in. */
  take(state: string, browserSecret: string): Promise<Flow | undefined>;
}

export const newState = newSecret;

const keyOf = (state: string) => `identity:external:${hashSecret(state)}`;

export function createFlows({ redis }: { redis: Redis }): Flows {
  return {
    async keep(state, flow) {
      await redis.set(keyOf(state), JSON.stringify(flow), 'EX', lifetimeSeconds);
    },
    async take(state, browserSecret) {
      const key = keyOf(state);
      const held = await redis.get(key);
      const flow = held === null ? undefined : flowSchema.parse(JSON.parse(held));
      if (flow?.browser !== hashSecret(browserSecret)) return undefined;
      return (await redis.del(key)) === 1 ? flow : undefined;
    },
  };
}
