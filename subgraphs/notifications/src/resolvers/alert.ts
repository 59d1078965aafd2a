import { TributaryError } from '@tributary/errors';
import type { AlertResolvers } from '../generated/resolvers.ts';

export const Alert: AlertResolvers = {
  __resolveReference: ({ id }, { alerts }) => alerts.alert(id),
  rule: async ({ ruleId }, _, { alerts }) => {
    const rule = await alerts.alertRule(ruleId);
    if (!rule) throw new TributaryError('NOT_FOUND', 'The rule was deleted in the meantime.');
    return rule;
  },
};
