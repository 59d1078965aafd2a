import {
  authorise,
  type Connection,
  type KnownPrincipal,
  type Principal,
  toConnection,
  toPage,
} from '@tributary/chassis';
import { TributaryError, type UserError, userErrorsFromZod } from '@tributary/errors';
import { v7 as createId } from 'uuid';
import type { AlertRuleRow } from '../stores/alert-rule-store.ts';
import type { AlertRow } from '../stores/alert-store.ts';
import type { Loaders, Stores } from '../stores/loaders.ts';
import { alertRuleInput } from './alert-rule-input.ts';

export interface AlertServiceOptions {
  principal: Principal;
  stores: Pick<Stores, 'alertRules' | 'alerts'>;
  loadersOf: (user: KnownPrincipal) => Loaders;
}

export interface AlertsQuery {
  first: number;
  after?: string | null | undefined;
  state?: AlertRow['state'] | null | undefined;
}

export type AlertService = ReturnType<typeof createAlertService>;

const comesAgain =
  'Expected a rule that somebody made; this one comes again with the next record that fails.';

/** A workspace's alert rules and alerts, for the principal of one request. */
export function createAlertService({ principal, stores, loadersOf }: AlertServiceOptions) {
  const reader = () => authorise(principal, 'alert.read');

  return {
    alertRule: async (id: string): Promise<AlertRuleRow | null> =>
      loadersOf(reader()).alertRule.load(id),
    alert: async (id: string): Promise<AlertRow | null> => loadersOf(reader()).alert.load(id),
    activeAlertOf: async (ruleId: string): Promise<AlertRow | null> =>
      loadersOf(reader()).activeAlertOfRule.load(ruleId),
    alertRulesOf: async (metricId: string): Promise<AlertRuleRow[]> =>
      loadersOf(reader()).alertRulesOfMetric.load(metricId),
    alertRules: async (): Promise<AlertRuleRow[]> => stores.alertRules.list(reader().workspace),

    /** Newest first. @throws INVALID_INPUT for a page or cursor that is none. */
    async alerts({ first, after = null, state }: AlertsQuery): Promise<Connection<AlertRow>> {
      const { workspace } = reader();
      const page = toPage({ first, after });
      const rows = await stores.alerts.page(workspace, page, state ?? undefined);
      return toConnection(rows, page, ({ startedAt, id }) => ({ time: startedAt, id }));
    },

    /** The metric may be one nobody has told of yet: it belongs to another subgraph. */
    async createAlertRule(
      input: unknown,
    ): Promise<{ alertRule: AlertRuleRow | null; userErrors: UserError[] }> {
      const { workspace } = authorise(principal, 'alertRule.create');
      const parsed = alertRuleInput.safeParse(input);
      if (!parsed.success) {
        return { alertRule: null, userErrors: userErrorsFromZod(parsed.error, ['input']) };
      }
      const rule = { id: createId(), ...parsed.data };
      return { alertRule: await stores.alertRules.create(workspace, rule), userErrors: [] };
    },

    /** Answers the id. @throws NOT_FOUND, and INVALID_INPUT for a rule that would be there again at once. */
    async deleteAlertRule({ id }: { id: string }): Promise<string> {
      const user = authorise(principal, 'alertRule.delete');
      const rule = await loadersOf(user).alertRule.load(id);
      if (rule?.isStanding) throw new TributaryError('INVALID_INPUT', comesAgain, ['input', 'id']);
      if (!rule || !(await stores.alertRules.remove(user.workspace, rule.id))) {
        throw new TributaryError('NOT_FOUND', 'There is no such rule.', ['input', 'id']);
      }
      return rule.id;
    },
  };
}
