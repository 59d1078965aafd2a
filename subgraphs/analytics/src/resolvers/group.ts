import type { GroupResolvers } from '../generated/resolvers.ts';
import { labelOf } from '../queries/label-of-group.ts';

export const Group: GroupResolvers = {
  key: ({ keys }) => labelOf(keys),
};
