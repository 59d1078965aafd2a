/** What people give to open an account and to sign in, checked and brought to one form. */
import { z } from 'zod';

/** Lower case, so that one mailbox is one account. */
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'must be at most 254 characters')
  .pipe(z.email('must be an e-mail address'));

/** Control characters and lone surrogates are what PostgreSQL cannot store as text or JSON. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(200, 'must be at most 200 characters')
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not hold control characters');

const longestPassword = 256;

export const passwordSchema = z
  .string()
  .min(12, 'must be at least 12 characters')
  .max(longestPassword, `must be at most ${longestPassword} characters`);

export const signUpSchema = z.object({
  email: emailSchema,
  password: passwordSchema,
  name: nameSchema,
  workspaceName: nameSchema.nullish(),
});

/** A password too short for sign-up is only a wrong one here. */
export const signInSchema = z.object({
  email: emailSchema,
  password: z.string().max(longestPassword, `must be at most ${longestPassword} characters`),
  workspaceId: z.string().nullish(),
});

export type SignUp = z.infer<typeof signUpSchema>;
export type SignIn = z.infer<typeof signInSchema>;
