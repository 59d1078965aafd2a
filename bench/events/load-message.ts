import { z } from 'zod';

/** What the load process is told to do. */
export const loadOrderSchema = z.object({
  url: z.string(),
  writeKey: z.string(),
  /** Events a second; null as fast as answers come. */
  rate: z.number().nullable(),
  seconds: z.number(),
  batchSize: z.int(),
  /** Requests under way at most. */
  connections: z.int(),
});
export type LoadOrder = z.infer<typeof loadOrderSchema>;

/** What it did: for each batch when it left (milliseconds since 1970) and how many events it held. */
export const loadReportSchema = z.object({
  sent: z.array(z.tuple([z.number(), z.int()])),
  accepted: z.int(),
  refused: z.int(),
  seconds: z.number(),
  cpuSeconds: z.number(),
});
export type LoadReport = z.infer<typeof loadReportSchema>;
