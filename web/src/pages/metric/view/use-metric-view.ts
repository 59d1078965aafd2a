import { useSearchParams } from 'react-router';
import { type MetricView, readView, writeView } from './metric-view.ts';

/** How the metric is looked at, kept in the address so that it can be sent to somebody. */
export function useMetricView() {
  const [parameters, setParameters] = useSearchParams();
  const view = readView(parameters);
  const change = (part: Partial<MetricView>) =>
    setParameters(writeView({ ...view, ...part }), { replace: true });
  return { view, change };
}
