/** What people do with their own account. */
import { parseInput, toPayload } from '@tributary/errors';
import {
  changePasswordSchema,
  codeSchema,
  emailChangeSchema,
  identityLinkSchema,
  ownPasswordSchema,
  profileSchema,
  requestResetSchema,
  resetPasswordSchema,
  tokenSchema,
} from '../credentials/account-input.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import { findViewer } from '../services/directory.ts';
import { acknowledge } from './acknowledge.ts';

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
  requestEmailChange: (_, { input }, { emailChange, principal, origin }) =>
    acknowledge(async () =>
      emailChange.request(principal, parseInput(emailChangeSchema, input), origin),
    ),
  confirmEmailChange: (_, { input }, { emailChange, origin }) =>
    toPayload({ state: null }, async () => {
      const { token } = parseInput(tokenSchema, input);
      return { state: await emailChange.confirm(token, origin) };
    }),
  requestAccountDeletion: (_, { input }, { deletion, principal, origin }) =>
    acknowledge(async () => {
      const { password } = parseInput(ownPasswordSchema, input);
      return deletion.request(principal, password, origin);
    }),

  rememberDevice: (_, __, { ownSession, principal }) =>
    toPayload({ deviceToken: null }, async () => ({
      deviceToken: await ownSession.rememberThisDevice(principal),
    })),
  startIdentityLink: (_, { input }, { linkedIdentities, principal, origin }) =>
    toPayload({ ticket: null }, async () => {
      const given = parseInput(identityLinkSchema, input);
      return { ticket: await linkedIdentities.start(principal, given, origin) };
    }),
  unlinkIdentity: (_, { id }, { linkedIdentities, principal, origin }) =>
    acknowledge(() => linkedIdentities.unlink(principal, id, origin)),

  startMfaEnrolment: (_, { input }, { mfaEnrolment, principal, origin }) =>
    toPayload({ enrolment: null }, async () => {
      const { password } = parseInput(ownPasswordSchema, input);
      return { enrolment: await mfaEnrolment.startEnrolment(principal, password, origin) };
    }),
  confirmMfaEnrolment: (_, { input }, { mfaEnrolment, principal, origin }) =>
    toPayload({ recoveryCodes: null }, async () => {
      const { code } = parseInput(codeSchema, input);
      return { recoveryCodes: await mfaEnrolment.confirmEnrolment(principal, code, origin) };
    }),
  disableMfa: (_, __, { mfa, principal, origin }) =>
    acknowledge(() => mfa.disable(principal, origin)),
  replaceRecoveryCodes: (_, __, { mfa, principal, origin }) =>
    toPayload({ recoveryCodes: null }, async () => ({
      recoveryCodes: await mfa.replaceCodes(principal, origin),
    })),
};
