/** Signing up and in, and what becomes of sessions. */
import { requireUser } from '@tributary/chassis';
import { parseInput, toPayload } from '@tributary/errors';
import {
  codeSchema,
  secondFactorSchema,
  signInSchema,
  signUpSchema,
  tokenSchema,
} from '../credentials/account-input.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import { acknowledge } from './acknowledge.ts';
import { toSignInPayload } from './sign-in-payload.ts';

export const signInMutations: MutationResolvers = {
  signUp: (_, { input }, context) =>
    toSignInPayload(context, async () =>
      context.accounts.signUp(parseInput(signUpSchema, input), context.origin),
    ),
  signIn: (_, { input }, context) =>
    toSignInPayload(context, async () =>
      context.signIns.signIn(parseInput(signInSchema, input), context.origin),
    ),
  completeSignIn: (_, { input }, context) =>
    toSignInPayload(context, async () =>
      context.entrance.complete(parseInput(secondFactorSchema, input), context.origin),
    ),
  confirmSecondFactor: (_, { input }, context) =>
    toSignInPayload(context, async () => {
      const { code } = parseInput(codeSchema, input);
      return context.ownSession.stepUp(context.principal, code, context.origin);
    }),
  switchWorkspace: (_, { input }, context) =>
    toSignInPayload(context, () =>
      context.ownSession.switchWorkspace(context.principal, input.workspaceId, context.origin),
    ),
  unlockSignIn: (_, { input }, { lockout, origin }) =>
    acknowledge(async () => lockout.unlock(parseInput(tokenSchema, input).token, origin)),

  endSession: (_, { id }, { sessions, principal, origin }) =>
    toPayload({ endedSessions: 0 }, async () => {
      await sessions.end(principal, id, origin);
      return { endedSessions: 1 };
    }),
  endOtherSessions: (_, __, { sessions, principal, origin }) =>
    toPayload({ endedSessions: 0 }, async () => {
      const { subject, session } = requireUser(principal);
      return { endedSessions: await sessions.endAll(subject, origin, { except: session }) };
    }),
};
