import { toPayload } from '@tributary/errors';
import type { MutationResolvers } from '../generated/resolvers.ts';
import type { DashboardRow } from '../stores/dashboard-store.ts';
import type { MetricRow } from '../stores/metric-store.ts';

export const Mutation: MutationResolvers = {
  createMetric: (_, { input }, context) => withMetric(() => context.metrics.create(context, input)),
  rebuildMetric: (_, { input }, context) =>
    withMetric(() => context.metrics.rebuild(context, input)),
  changeMetric: (_, { input }, context) => withMetric(() => context.metrics.change(context, input)),
  deleteMetric: (_, { input }, context) =>
    withDeletedId(() => context.metrics.remove(context, input)),

  prepareExport: (_, { input }, context) =>
    toPayload({ link: null, expiresAt: null }, () => context.exports.prepare(context, input)),

  createDashboard: (_, { input }, context) =>
    withDashboard(() => context.dashboards.create(context, input)),
  renameDashboard: (_, { input }, context) =>
    withDashboard(() => context.dashboards.rename(context, input)),
  deleteDashboard: (_, { input }, context) =>
    withDeletedId(() => context.dashboards.remove(context, input)),

  addWidget: (_, { input }, context) => withDashboard(() => context.widgets.add(context, input)),
  changeWidget: (_, { input }, context) =>
    withDashboard(() => context.widgets.change(context, input)),
  removeWidget: (_, { input }, context) =>
    withDashboard(() => context.widgets.remove(context, input)),
  orderWidgets: (_, { input }, context) =>
    withDashboard(() => context.widgets.order(context, input)),
};

const withMetric = (work: () => Promise<MetricRow | null>) =>
  toPayload({ metric: null }, async () => ({ metric: await work() }));

const withDashboard = (work: () => Promise<DashboardRow>) =>
  toPayload({ dashboard: null }, async () => ({ dashboard: await work() }));

const withDeletedId = (work: () => Promise<string>) =>
  toPayload({ deletedId: null }, async () => ({ deletedId: await work() }));
