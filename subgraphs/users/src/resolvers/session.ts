import { requireUser } from '@tributary/chassis';
import type { SessionResolvers } from '../generated/resolvers.ts';

export const Session: SessionResolvers = {
  isCurrent: ({ id }, _, { principal }) => requireUser(principal).session === id,
};
