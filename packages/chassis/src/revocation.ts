/**
 * What the users service says when access tokens stop being good before they end. It is added to the
 * sorted set `revocationsKey` (score: milliseconds) and then published on `revocationsChannel`:
 * whoever listens hears it at once, whoever was away catches up from the set.
 */
import { z } from 'zod';

export const revocationsChannel = 'identity.revocations';
export const revocationsKey = 'identity:revocations';

/** Longer than any access token lives: older revocations concern none that is still good. */
export const revocationMemoryMilliseconds = 65 * 60_000;

/**
 * With a session: that session's tokens. With a workspace: the subject's tokens for it that were
 * issued until `at`. With neither: all of the subject's tokens issued until `at`.
 */
export const revocationSchema = z.object({
  subject: z.uuid(),
  workspace: z.uuid().optional(),
  session: z.uuid().optional(),
  /** ISO 8601 with milliseconds. */
  at: z.iso.datetime(),
});

export type Revocation = z.infer<typeof revocationSchema>;
