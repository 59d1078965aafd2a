import { z } from 'zod';

/** Traces; where they go and with which key is in the environment. */
export const telemetrySettingsSchema = z.strictObject({
  serviceName: z.string().min(1).default('tributary-gateway'),
  /** Share of traces begun here that are recorded; a trace that comes in decides for itself. */
  sampling: z.number().min(0).max(1).default(1),
});
