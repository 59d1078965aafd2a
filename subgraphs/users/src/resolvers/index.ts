import { DateTimeResolver, JSONResolver } from 'graphql-scalars';
import { ApiClient } from './api-client.ts';
import { Membership } from './membership.ts';
import { Mutation } from './mutation.ts';
import { OperationManifest } from './operation-manifest.ts';
import { Query } from './query.ts';
import { Session } from './session.ts';
import { SignedInSession } from './signed-in-session.ts';
import { User } from './user.ts';
import { Workspace } from './workspace.ts';

export const resolvers = {
  DateTime: DateTimeResolver,
  JSON: JSONResolver,
  Query,
  Mutation,
  User,
  Workspace,
  ApiClient,
  Membership,
  OperationManifest,
  Session,
  SignedInSession,
};
