import { z } from 'zod';
import { inheritSettings } from './inherit-settings.ts';

const milliseconds = z.int().min(1).max(3_600_000);

/** How one subgraph's fetches are treated. Times are in milliseconds, shares between 0 and 1. */
export const subgraphSettingsSchema = z.strictObject({
  /** Address that replaces the composed one. */
  url: z.url({ protocol: /^https?$/ }).optional(),
  /** For a whole fetch: its time in the queue and its retries included. */
  timeout: milliseconds.default(30_000),
  /** Fetches that run at once, which is also the number of connections. */
  concurrency: z.int().min(1).max(10_000).default(128),
  /** Fetches that wait for one of those; more are refused. */
  queue: z.int().min(0).max(100_000).default(1_024),
  /** Largest answer, in bytes. */
  largestAnswer: z.int().min(1_024).default(16_777_216),
  retries: z
    .strictObject({
      /** After the first attempt; 0 switches retries off. Mutations are never sent again. */
      attempts: z.int().min(0).max(10).default(2),
      /** The first wait is drawn from 0 to this; each next bound is twice the one before. */
      firstDelay: milliseconds.default(50),
      /** No wait is longer, and a `Retry-After` that asks for more is taken as a no. */
      longestDelay: milliseconds.default(2_000),
      /** Retries as a share of fetches, so that retries never multiply the load on what is already down. */
      budget: z.number().min(0).max(1).default(0.2),
      /** An attempt that takes longer is given up and tried again; without it, slow attempts are awaited. */
      attemptTimeout: milliseconds.optional(),
    })
    .prefault({}),
  breaker: z
    .strictObject({
      /** The share of failures above which the breaker opens. */
      failures: z.number().gt(0).lt(1).default(0.5),
      /** Failures are counted over this time. */
      window: z.int().min(1_000).max(600_000).default(10_000),
      /** It stays closed below this many fetches in the window. */
      minimumFetches: z.int().min(1).default(10),
      /** Then one fetch may try whether the subgraph is back. */
      openFor: milliseconds.default(30_000),
    })
    .prefault({}),
});

export type SubgraphSettings = z.infer<typeof subgraphSettingsSchema>;

const sectionSchema = z.strictObject({
  /** For every subgraph. */
  all: subgraphSettingsSchema.prefault({}),
  /** By the subgraph's name: what differs from `all`. */
  named: z.record(z.string().min(1), subgraphSettingsSchema).default({}),
});

/** The section as one writes it. */
export type SubgraphsInput = z.input<typeof sectionSchema>;

export const subgraphsSchema = z.preprocess(inheritSettings, sectionSchema);

/** The settings of the subgraph of that name. */
export function settingsOfSubgraph(
  { all, named }: z.infer<typeof sectionSchema>,
  name: string,
): SubgraphSettings {
  return Object.hasOwn(named, name) ? (named[name] ?? all) : all;
}
