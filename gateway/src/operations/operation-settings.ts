import { z } from 'zod';

/** How operations are prepared, and how many prepared ones are kept. */
export const operationSettingsSchema = z
  .strictObject({
    /** What may pass until an operation is planned; one that takes longer is refused. */
    planningDeadline: z.int().min(1).max(600_000).default(5_000),
    planningMegabytes: z.int().min(64).max(16_384).default(1_024),
    /** Memory for compiled operations, in bytes, about. */
    cacheBytes: z
      .int()
      .min(1_048_576)
      .default(128 * 1_048_576),
    /** Operations, those asked for last, that are compiled for a new supergraph before it serves. */
    warmUp: z.int().min(0).max(10_000).default(200),
  })
  .prefault({});
