import { requireUser } from '@tributary/chassis';
import { parseInput } from '@tributary/errors';
import { signInSchema, signUpSchema } from '../credentials/account-input.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import { toPayload } from './payload.ts';
import { toSignInPayload } from './sign-in-payload.ts';

export const Mutation: MutationResolvers = {
  signUp: (_, { input }, context) =>
    toSignInPayload(context, () =>
      context.accounts.signUp(parseInput(signUpSchema, input), context.origin),
    ),
  signIn: (_, { input }, context) =>
    toSignInPayload(context, () =>
      context.accounts.signIn(parseInput(signInSchema, input), context.origin),
    ),

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
  switchWorkspace: (_, { input }, context) =>
    toSignInPayload(context, () => context.accounts.switchWorkspace(context, input.workspaceId)),
};
