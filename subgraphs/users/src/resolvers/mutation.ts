import { signInSchema, signUpSchema } from '../credentials/account-input.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import { toSignInPayload } from './sign-in-payload.ts';

export const Mutation: MutationResolvers = {
  signUp: (_, { input }, context) =>
    toSignInPayload(context, signUpSchema.safeParse(input), context.accounts.signUp),
  signIn: (_, { input }, context) =>
    toSignInPayload(context, signInSchema.safeParse(input), context.accounts.signIn),
};
