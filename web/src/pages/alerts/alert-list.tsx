import { Panel } from '../../components/panel.tsx';
import { SeverityTag } from '../../components/severity-tag.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import type { AlertPartsFragment } from '../../generated/graphql.ts';
import { formatPeriod } from '../../time/format-time.ts';
import { AlertStateTag } from './alert-state-tag.tsx';
import { describeThreshold, measured } from './describe-condition.ts';

export function AlertList({ alerts }: { alerts: readonly AlertPartsFragment[] }) {
  return (
    <Panel className="overflow-hidden">
      <ul>
        {alerts.map((alert) => (
          <AlertItem key={alert.id} alert={alert} />
        ))}
      </ul>
    </Panel>
  );
}

function AlertItem({ alert }: { alert: AlertPartsFragment }) {
  const { rule, state, value, firedAt, startedAt } = alert;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 border-t border-line px-4 py-3 first:border-t-0">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-2">
          {state !== 'RESOLVED' && <AlertStateTag state={state} />}
          <h3 className="text-sm font-semibold">{rule.name}</h3>
          <SeverityTag severity={rule.severity} />
        </div>
        <p className="mt-1 text-[13px] text-muted">
          <strong className="font-semibold text-ink tabular-nums">
            {measured(value, rule.metric)}
          </strong>{' '}
          · {describeThreshold(rule)}
        </p>
      </div>
      <p className="text-xs text-muted">
        {state === 'RESOLVED' ? (
          resolvedText(alert)
        ) : (
          <>
            {state === 'FIRING' ? 'fired ' : 'since '}
            <TimeAgo at={firedAt ?? startedAt} />
          </>
        )}
      </p>
    </li>
  );
}

function resolvedText({ startedAt, resolvedAt }: AlertPartsFragment): string {
  return formatPeriod(Date.parse(startedAt), Date.parse(resolvedAt ?? startedAt));
}
