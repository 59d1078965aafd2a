import type { ApiClientResolvers } from '../generated/resolvers.ts';
import { listKeys } from '../services/directory.ts';

export const ApiClient: ApiClientResolvers = {
  keys: ({ id }, _, context) => listKeys(context, id),
};
