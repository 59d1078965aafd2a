import { Link } from 'react-router';
import { Panel } from '../../components/panel.tsx';
import type { MetricPartsFragment } from '../../generated/graphql.ts';
import { CountingNote } from '../../metrics/counting-note.tsx';
import { describeMetric } from '../../metrics/describe-metric.ts';

export function MetricList({ metrics }: { metrics: readonly MetricPartsFragment[] }) {
  return (
    <Panel className="overflow-hidden">
      <ul aria-label="Metrics" className="divide-y divide-line">
        {metrics.map((metric) => (
          <li key={metric.id} className="px-4 py-3 hover:bg-raised">
            <p className="font-semibold break-words">
              <Link to={`/analytics/metrics/${metric.id}`} className="hover:underline">
                {metric.name}
              </Link>
            </p>
            <p className="text-[13px] break-words text-muted">{describeMetric(metric)}</p>
            <CountingNote metric={metric} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
