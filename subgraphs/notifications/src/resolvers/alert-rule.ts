import type { AlertRuleResolvers } from '../generated/resolvers.ts';

export const AlertRule: AlertRuleResolvers = {
  __resolveReference: ({ id }, { alerts }) => alerts.alertRule(id),
  metric: ({ metricId, isStanding }) => (isStanding ? null : { id: metricId }),
  activeAlert: ({ id }, _, { alerts }) => alerts.activeAlertOf(id),
};
