import type { MutationResolvers } from '../generated/resolvers.ts';
import { accountMutations } from './account-mutations.ts';
import { apiClientMutations } from './api-client-mutations.ts';
import { memberMutations } from './member-mutations.ts';
import { operationMutations } from './operation-mutations.ts';
import { signInMutations } from './sign-in-mutations.ts';

export const Mutation: MutationResolvers = {
  ...signInMutations,
  ...accountMutations,
  ...memberMutations,
  ...apiClientMutations,
  ...operationMutations,
};
