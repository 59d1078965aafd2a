import type { SignedInSessionResolvers } from '../generated/resolvers.ts';

export const SignedInSession: SignedInSessionResolvers = {
  refreshToken: ({ session }, _, context) => context.sessions.firstRefreshToken(session.id),
};
