import { DateTimeResolver } from 'graphql-scalars';
import type { Resolvers } from '../generated/resolvers.ts';
import { Dashboard } from './dashboard.ts';
import { Group } from './group.ts';
import { Metric } from './metric.ts';
import { MetricRange } from './metric-range.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';
import { Source } from './source.ts';
import { Widget } from './widget.ts';
import { Workspace } from './workspace.ts';

export const resolvers: Resolvers = {
  DateTime: DateTimeResolver,
  Query,
  Mutation,
  Workspace,
  Source,
  Metric,
  MetricRange,
  Group,
  Dashboard,
  Widget,
};
