import { LoadMore } from '../../components/load-more.tsx';
import { Page } from '../../components/page.tsx';
import { Panel, Section } from '../../components/panel.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { AlertList } from './alert-list.tsx';
import { RuleList } from './rule-list.tsx';
import { useAlerts } from './use-alerts.ts';

export function AlertsPage() {
  const { active, resolved, pageInfo, rules, error, loading, refetch, loadMore } = useAlerts();
  return (
    <Page title="Alerts">
      {error && <ErrorState error={error} retry={refetch} />}
      {!rules && loading && <LoadingState />}
      {active && (
        <Section title="Now">
          {active.length > 0 ? <AlertList alerts={active} /> : <AllWell />}
        </Section>
      )}
      {rules && (
        <Section title="Rules">
          {rules.length > 0 ? <RuleList rules={rules} /> : <NoRules />}
        </Section>
      )}
      {resolved && resolved.length > 0 && (
        <Section title="Resolved">
          <AlertList alerts={resolved} />
          {pageInfo && <LoadMore pageInfo={pageInfo} load={loadMore} />}
        </Section>
      )}
    </Page>
  );
}

function AllWell() {
  return (
    <Panel className="flex items-center gap-2.5 px-4 py-3 text-[13px]">
      <span aria-hidden="true" className="size-2 rounded-full bg-good" />
      No alert is firing.
    </Panel>
  );
}

function NoRules() {
  return (
    <EmptyState title="No rules yet">
      A rule watches a metric and tells you when it passes a threshold. Make one in the explorer
      with the mutation createAlertRule.
    </EmptyState>
  );
}
