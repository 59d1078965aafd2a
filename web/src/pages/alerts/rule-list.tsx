import { Panel } from '../../components/panel.tsx';
import { SeverityTag } from '../../components/severity-tag.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useMay } from '../../shell/use-may.ts';
import { AlertStateTag } from './alert-state-tag.tsx';
import { DeleteRule } from './delete-rule.tsx';
import { type AlertRule, describeCondition, measured } from './describe-condition.ts';

export function RuleList({ rules }: { rules: readonly AlertRule[] }) {
  return (
    <Panel className="overflow-hidden">
      <ul>
        {rules.map((rule) => (
          <RuleItem key={rule.id} rule={rule} />
        ))}
      </ul>
    </Panel>
  );
}

function RuleItem({ rule }: { rule: AlertRule }) {
  const { activeAlert, isStanding } = rule;
  const mayChange = useMay('write:alerts');
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 border-t border-line px-4 py-3 first:border-t-0">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-2">
          <h3 className="text-sm font-semibold">{rule.name}</h3>
          <SeverityTag severity={rule.severity} />
        </div>
        <p className="mt-1 text-[13px] text-muted">{describeCondition(rule)}</p>
      </div>
      <div className="flex items-center gap-2 text-xs text-muted">
        {activeAlert && (
          <span>
            {measured(activeAlert.value, rule.metric)} · <TimeAgo at={activeAlert.startedAt} />
          </span>
        )}
        <AlertStateTag state={activeAlert?.state} />
        {mayChange && !isStanding && <DeleteRule rule={rule} />}
      </div>
    </li>
  );
}
