import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { createPolicySet, type PolicySet } from './policy-set.ts';

/** A file of policies, read when the service starts; one that is wrong ends the start. */
export const policiesFileSchema = z.string().transform((path, context): PolicySet => {
  try {
    return createPolicySet(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    context.addIssue(`must be a file of policies, see docs/access-policies.md: ${reason}`);
    return z.NEVER;
  }
});
