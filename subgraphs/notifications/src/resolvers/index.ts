import { DateTimeResolver } from 'graphql-scalars';
import type { Resolvers } from '../generated/resolvers.ts';
import { Alert } from './alert.ts';
import { AlertRule } from './alert-rule.ts';
import { Delivery } from './delivery.ts';
import { LocalMail } from './local-mail.ts';
import { Metric } from './metric.ts';
import { Mutation } from './mutation.ts';
import { Notification } from './notification.ts';
import { Query } from './query.ts';
import { User } from './user.ts';
import { Workspace } from './workspace.ts';

/** Subscriptions have no resolver here: the gateway listens to their channels. */
export const resolvers: Resolvers = {
  DateTime: DateTimeResolver,
  Query,
  Mutation,
  User,
  Workspace,
  Metric,
  AlertRule,
  Alert,
  Notification,
  Delivery,
  LocalMail,
};
