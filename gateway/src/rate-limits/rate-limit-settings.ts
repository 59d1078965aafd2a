import { z } from 'zod';

/** Points in a window of `seconds`. */
export const budgetSchema = z.strictObject({
  points: z.int().min(1).max(1_000_000_000),
  seconds: z.int().min(1).max(86_400),
});

export type Budget = z.infer<typeof budgetSchema>;

/** How often one principal, or one address that nobody signed in from, may ask. */
export const rateLimitSettingsSchema = z.strictObject({
  /** By default where there are users: a gateway that is tried alone answers all it can. */
  enabled: z.boolean().optional(),
  /** Requests of a person or an API key. */
  principal: budgetSchema.default({ points: 1_000, seconds: 60 }),
  /** Requests of one address without a principal; an IPv6 address counts as its /64 network. */
  address: budgetSchema.default({ points: 300, seconds: 60 }),
  /** Cost points, taken once an operation's cost is known; without it, cost is not limited by rate. */
  cost: budgetSchema.optional(),
  /** What a workspace may allow each key of its API clients at most, whatever it sets. */
  keyCeiling: z
    .strictObject({
      requestsPerMinute: z.int().min(1).default(10_000),
      costPerMinute: z.int().min(1).default(10_000_000),
    })
    .prefault({}),
  /** Limits of single operations, by name or by the id of a persisted operation, for each principal or address. */
  operations: z.record(z.string().min(1), budgetSchema).default({}),
  /** Proxies in front whose entries in `X-Forwarded-For` are believed; with 0 the header is not read. */
  trustedProxies: z.int().min(0).max(10).default(0),
});

export type RateLimitSettings = z.infer<typeof rateLimitSettingsSchema>;
