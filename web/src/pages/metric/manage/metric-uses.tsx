import { useQuery } from '@apollo/client/react';
import { ErrorState } from '../../../components/states.tsx';
import { useMay } from '../../../shell/use-may.ts';
import { metricUsesQuery } from '../metric-documents.ts';

/** What a metric's deletion takes along. */
export function MetricUses({ id }: { id: string }) {
  const withRules = useMay('read:alerts') ?? false;
  const { data, error } = useQuery(metricUsesQuery, {
    variables: { id, withRules },
    fetchPolicy: 'network-only',
  });
  const metric = data?.metric;
  if (error) return <ErrorState error={error} />;
  if (!metric) return <p role="status">Looking for what uses it…</p>;
  const { widgets, alertRules = [] } = metric;
  return (
    <div className="grid gap-2">
      <p>Its figures go for good. Events stay, so that the same metric can be made again.</p>
      {widgets.length === 0 && <p>No dashboard shows it.</p>}
      {widgets.length > 0 && (
        <Uses
          label="Widgets that go with it"
          uses={widgets.map((widget) => ({
            id: widget.id,
            words: `${widget.title} on ${widget.dashboard.name}`,
          }))}
        />
      )}
      {alertRules.length > 0 && (
        <Uses
          label="Alert rules that go with it"
          uses={alertRules.map((rule) => ({ id: rule.id, words: rule.name }))}
        />
      )}
    </div>
  );
}

function Uses({ label, uses }: { label: string; uses: { id: string; words: string }[] }) {
  return (
    <div>
      <p className="font-medium">{label}</p>
      <ul aria-label={label} className="list-disc pl-5">
        {uses.map(({ id, words }) => (
          <li key={id}>{words}</li>
        ))}
      </ul>
    </div>
  );
}
