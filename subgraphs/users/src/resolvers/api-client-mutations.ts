/** What administrators do with partners' programs and their keys. */
import { parseInput, toPayload } from '@tributary/errors';
import {
  apiClientSchema,
  clientBudgetsSchema,
  newKeySchema,
  rotateKeySchema,
} from '../credentials/api-client-input.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import { acknowledge } from './acknowledge.ts';

const noKey = { apiKey: null, key: null };

export const apiClientMutations: MutationResolvers = {
  createApiClient: (_, { input }, { apiClients, principal, origin }) =>
    toPayload({ apiClient: null }, async () => {
      const given = parseInput(apiClientSchema, input);
      return { apiClient: await apiClients.create(principal, given, origin) };
    }),
  setClientBudgets: (_, { input }, { apiClients, principal, origin }) =>
    toPayload({ apiClient: null }, async () => {
      const given = parseInput(clientBudgetsSchema, input);
      return { apiClient: await apiClients.setBudgets(principal, given, origin) };
    }),
  retireApiClient: (_, { id }, { apiClients, principal, origin }) =>
    toPayload({ apiClient: null }, async () => ({
      apiClient: await apiClients.retire(principal, id, origin),
    })),
  createApiKey: (_, { input }, { apiClients, principal, origin }) =>
    toPayload(noKey, async () =>
      apiClients.createKey(principal, parseInput(newKeySchema, input), origin),
    ),
  rotateApiKey: (_, { input }, { apiClients, principal, origin }) =>
    toPayload(noKey, async () =>
      apiClients.rotateKey(principal, parseInput(rotateKeySchema, input), origin),
    ),
  revokeApiKey: (_, { id }, { apiClients, principal, origin }) =>
    acknowledge(() => apiClients.revokeKey(principal, id, origin)),
};
