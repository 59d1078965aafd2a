import { useMutation } from '@apollo/client/react';
import { useNavigate } from 'react-router';
import { Question } from '../../../components/question.tsx';
import { forget } from '../../../graph/forget.ts';
import { refusalsOf } from '../../../graph/refusals-of.ts';
import { deleteMetricMutation } from '../metric-documents.ts';
import { MetricUses } from './metric-uses.tsx';

/** Deletes a metric, once it was said what else goes with it. */
export function DeleteMetric({ metric: { id, name } }: { metric: { id: string; name: string } }) {
  const navigate = useNavigate();
  const [remove] = useMutation(deleteMetricMutation);

  async function run(): Promise<readonly string[]> {
    const { data } = await remove({
      variables: { id },
      update(cache, { data: answer }) {
        if (answer?.deleteMetric.deletedId) forget(cache, 'Metric', id);
      },
    });
    const refusals = refusalsOf(data?.deleteMetric);
    if (refusals.length === 0) void navigate('/analytics/metrics');
    return refusals;
  }

  return (
    <Question
      trigger="Delete…"
      look="danger"
      title={`Delete “${name}”?`}
      action="Delete the metric"
      run={run}
    >
      <MetricUses id={id} />
    </Question>
  );
}
