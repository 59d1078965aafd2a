/** What people give to open an account, to sign in and to change what is theirs, brought to one form. */
import { scopes } from '@tributary/chassis';
import { z } from 'zod';
import { longestPassword, shortestPassword } from './password-rules.ts';

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

/** Of any length a hash is made of; the rules say what a new one has to be. */
const givenPassword = z
  .string()
  .max(longestPassword, `must be at most ${longestPassword} characters`);

/** A demo account's, which no rules are asked of but its length. */
export const passwordSchema = givenPassword.min(
  shortestPassword,
  `must be at least ${shortestPassword} characters`,
);

const secret = z.string().max(200, 'must be at most 200 characters');

export const signUpSchema = z.object({
  email: emailSchema,
  password: givenPassword,
  name: nameSchema,
  workspaceName: nameSchema.nullish(),
});

/** A password too short for sign-up is only a wrong one here. */
export const signInSchema = z.object({
  email: emailSchema,
  password: givenPassword,
  workspaceId: z.string().nullish(),
  deviceToken: secret.nullish(),
});

export const secondFactorSchema = z.object({ challenge: secret, code: secret });
export const codeSchema = z.object({ code: secret });
export const tokenSchema = z.object({ token: secret });
export const ownPasswordSchema = z.object({ password: givenPassword });
export const requestResetSchema = z.object({ email: emailSchema });
export const resetPasswordSchema = z.object({ token: secret, newPassword: givenPassword });
export const changePasswordSchema = z.object({
  currentPassword: givenPassword,
  newPassword: givenPassword,
});
export const profileSchema = z.object({ name: nameSchema });
export const emailChangeSchema = z.object({ newEmail: emailSchema, password: givenPassword });
export const identityLinkSchema = z.object({ provider: z.string(), password: givenPassword });
export const workspaceSchema = z.object({ name: nameSchema });
const roleChoice = {
  role: z.enum(['OWNER', 'ADMIN', 'EDITOR', 'VIEWER', 'CUSTOM']),
  customRoleId: z.string().nullish(),
};
export const invitationSchema = z.object({
  email: emailSchema,
  ...roleChoice,
});
export const roleChangeSchema = z.object({ membershipId: z.string(), ...roleChoice });
export const roleSchema = z.object({
  name: nameSchema.max(60, 'must be at most 60 characters'),
  scopes: z
    .array(z.enum(scopes, `must be one of ${scopes.join(', ')}`))
    .min(1, 'must name at least one scope')
    .transform((given) => scopes.filter((scope) => given.includes(scope))),
});
export const changedRoleSchema = roleSchema.extend({ id: z.string() });

export type SignUp = z.infer<typeof signUpSchema>;
export type SignIn = z.infer<typeof signInSchema>;
export type SecondFactor = z.infer<typeof secondFactorSchema>;
