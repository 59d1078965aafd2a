/** What administrators do with partners' registered operations. */
import { parseInput, toPayload } from '@tributary/errors';
import type { MutationResolvers } from '../generated/resolvers.ts';
import { pushSchema } from '../operations/manifest-input.ts';

const nothing = { manifest: null, problems: [] };

export const operationMutations: MutationResolvers = {
  setOperationMode: (_, { input }, { operations, principal, origin }) =>
    toPayload({ apiClient: null }, async () => ({
      apiClient: await operations.setMode(principal, input, origin),
    })),
  pushOperations: (_, { input }, { operations, principal, origin }) =>
    toPayload(nothing, () => operations.push(principal, parseInput(pushSchema, input), origin)),
  activateOperations: (_, { input }, { operations, principal, origin }) =>
    toPayload(nothing, () => operations.activate(principal, input, origin)),
  rollBackOperations: (_, { input }, { operations, principal, origin }) =>
    toPayload(nothing, () => {
      const { clientId, version } = input;
      return operations.rollBack(principal, { clientId, version: version ?? undefined }, origin);
    }),
  retireOperations: (_, { input }, { operations, principal, origin }) =>
    toPayload(nothing, () => operations.retire(principal, input, origin)),
};
