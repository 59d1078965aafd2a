import type { QueryResolvers } from '../generated/resolvers.ts';
import { findOwnWorkspace, findViewer } from '../services/directory.ts';
import { explainOwnAccess } from '../services/explain.ts';

export const Query: QueryResolvers = {
  viewer: (_, __, context) => findViewer(context),
  workspace: (_, __, context) => findOwnWorkspace(context),
  sessions: (_, __, { sessions, principal }) => sessions.list(principal),
  explainAccess: (_, question, { principal }) => explainOwnAccess(principal, question),
  signInProviders: (_, __, { linkedIdentities }) => linkedIdentities.providers(),
  invitation: (_, { token }, { invitations }) => invitations.preview(token),
};
