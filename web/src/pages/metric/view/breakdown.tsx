import { GroupBars } from '../../../charts/group-bars.tsx';
import { Panel } from '../../../components/panel.tsx';
import { dimensionLabel } from '../../../format/dimension-label.ts';
import { CheckList } from '../../../forms/check-list.tsx';
import type { MetricPartsFragment } from '../../../generated/graphql.ts';

interface BreakdownProps {
  metric: MetricPartsFragment;
  by: readonly string[];
  groups: readonly { key: string; value: number; count: number }[];
  change: (by: string[]) => void;
}

/** The ten groups with the highest values, by one dimension or several. */
export function Breakdown({ metric, by, groups, change }: BreakdownProps) {
  return (
    <Panel className="p-4">
      {metric.dimensions.length > 1 && (
        <div className="mb-3">
          <CheckList
            label="By"
            options={metric.dimensions.map((value) => ({ value, label: dimensionLabel([value]) }))}
            chosen={by}
            change={change}
            least={1}
          />
        </div>
      )}
      {groups.length > 0 ? (
        <GroupBars
          title={`${metric.name} by ${by.join(', ')}`}
          metric={metric}
          by={by}
          groups={groups}
        />
      ) : (
        <p className="py-6 text-center text-[13px] text-muted">No groups in this range.</p>
      )}
    </Panel>
  );
}
