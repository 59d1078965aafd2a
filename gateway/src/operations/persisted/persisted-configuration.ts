import { z } from 'zod';

/**
 * `allow`: any text runs. `log`: any runs, what is not registered is told. `registered-only`: only
 * registered operations run, and only by their id. From the loosest to the strictest.
 */
export const persistedModes = ['allow', 'log', 'registered-only'] as const;
export type PersistedMode = (typeof persistedModes)[number];

const modeSchema = z.enum(persistedModes);

export const persistedConfigurationSchema = z
  .strictObject({
    mode: modeSchema.default('allow'),
    /**
     * By the name of a client. A name that the client gives itself (a header) can only make the mode
     * stricter; one that is proved (an API key, a token's claim) decides.
     */
    clients: z.record(z.string(), modeSchema).default({}),
    /** Files and folders of registered operations. */
    operations: z.array(z.string()).default([]),
    automatic: z
      .strictObject({
        /** Whether clients may register texts themselves, by hash. */
        enabled: z.boolean().default(true),
        /** Of texts kept in memory. */
        maxBytes: z
          .int()
          .positive()
          .default(32 * 1024 * 1024),
        /** In Redis, where there is one. */
        timeToLiveSeconds: z.int().positive().default(86_400),
      })
      .prefault({}),
  })
  .prefault({});

export type PersistedConfiguration = z.infer<typeof persistedConfigurationSchema>;
