import type { SignedInSessionResolvers } from '../generated/resolvers.ts';

/** Tokens are made for those who ask for them. */
export const SignedInSession: SignedInSessionResolvers = {
  refreshToken: ({ session }, _, { sessions }) => sessions.firstRefreshToken(session.id),
  deviceToken: ({ session, isKnownDevice }, _, { ownSession }) =>
    isKnownDevice ? null : ownSession.rememberDevice(session),
};
