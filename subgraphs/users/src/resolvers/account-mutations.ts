/** What people do with their own account. */
import { parseInput } from '@tributary/errors';
import {
  changePasswordSchema,
  codeSchema,
  emailChangeSchema,
  ownPasswordSchema,
  profileSchema,
  requestResetSchema,
  resetPasswordSchema,
  tokenSchema,
} from '../credentials/account-input.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import { findViewer } from '../services/directory.ts';
import { acknowledge, toPayload } from './payload.ts';

export const accountMutations: MutationResolvers = {
  requestEmailVerification: (_, __, { profile, principal, origin }) =>
    acknowledge(() => profile.requestVerification(principal, origin)),
  verifyEmail: (_, { input }, { profile, origin }) =>
    acknowledge(async () => profile.verifyEmail(parseInput(tokenSchema, input).token, origin)),
  requestPasswordReset: (_, { input }, { passwords, origin }) =>
    acknowledge(async () =>
      passwords.requestReset(parseInput(requestResetSchema, input).email, origin),
    ),
  resetPassword: (_, { input }, { passwords, origin }) =>
    acknowledge(async () => passwords.reset(parseInput(resetPasswordSchema, input), origin)),
  changePassword: (_, { input }, { passwords, principal, origin }) =>
    acknowledge(async () =>
      passwords.change(principal, parseInput(changePasswordSchema, input), origin),
    ),
  updateProfile: (_, { input }, context) =>
    toPayload({ user: null }, async () => {
      const { name } = parseInput(profileSchema, input);
      await context.profile.rename(context.principal, name, context.origin);
      return { user: await findViewer(context) };
    }),
  requestEmailChange: (_, { input }, { profile, principal, origin }) =>
    acknowledge(async () =>
      profile.requestEmailChange(principal, parseInput(emailChangeSchema, input), origin),
    ),
  confirmEmailChange: (_, { input }, { profile, origin }) =>
    toPayload({ state: null }, async () => {
      const { token } = parseInput(tokenSchema, input);
      return { state: await profile.confirmEmailChange(token, origin) };
    }),
  requestAccountDeletion: (_, { input }, { profile, principal, origin }) =>
    acknowledge(async () => {
      const { password } = parseInput(ownPasswordSchema, input);
      return profile.requestDeletion(principal, password, origin);
    }),

  startMfaEnrolment: (_, { input }, { mfa, principal, origin }) =>
    toPayload({ enrolment: null }, async () => {
      const { password } = parseInput(ownPasswordSchema, input);
      return { enrolment: await mfa.startEnrolment(principal, password, origin) };
    }),
  confirmMfaEnrolment: (_, { input }, { mfa, principal, origin }) =>
    toPayload({ recoveryCodes: null }, async () => {
      const { code } = parseInput(codeSchema, input);
      return { recoveryCodes: await mfa.confirmEnrolment(principal, code, origin) };
    }),
  disableMfa: (_, __, { mfa, principal, origin }) =>
    acknowledge(() => mfa.disable(principal, origin)),
  replaceRecoveryCodes: (_, __, { mfa, principal, origin }) =>
    toPayload({ recoveryCodes: null }, async () => ({
      recoveryCodes: await mfa.replaceCodes(principal, origin),
    })),
};
