import { z } from 'zod';

/** What a thread says of the job it was given. */
export const threadAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), progress: z.unknown() }),
  z.object({ kind: z.literal('done'), result: z.unknown() }),
  /** `isFileFault`: it would end the same another time. */
  z.object({ kind: z.literal('failed'), message: z.string(), isFileFault: z.boolean() }),
]);

export type ThreadAnswer = z.infer<typeof threadAnswer>;
