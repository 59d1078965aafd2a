import type { LocalMailResolvers } from '../generated/resolvers.ts';

export const LocalMail: LocalMailResolvers = {
  __resolveReference: ({ id }, { notifications }) => notifications.localMail(id),
};
