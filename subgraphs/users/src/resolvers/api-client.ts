import type { ApiClientResolvers } from '../generated/resolvers.ts';

export const ApiClient: ApiClientResolvers = {
  keys: ({ id }, _, { apiClients, principal }) => apiClients.keysOf(principal, id),
};
