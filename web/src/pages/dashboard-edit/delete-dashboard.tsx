import { useMutation } from '@apollo/client/react';
import { useNavigate } from 'react-router';
import { Question } from '../../components/question.tsx';
import { forget } from '../../graph/forget.ts';
import { refusalsOf } from '../../graph/refusals-of.ts';
import { deleteDashboardMutation } from './dashboard-edit-documents.ts';

export function DeleteDashboard(props: { dashboard: { id: string; name: string } }) {
  const { id, name } = props.dashboard;
  const navigate = useNavigate();
  const [remove] = useMutation(deleteDashboardMutation);

  async function run(): Promise<readonly string[]> {
    const { data } = await remove({
      variables: { id },
      update(cache, { data: answer }) {
        if (answer?.deleteDashboard.deletedId) forget(cache, 'Dashboard', id);
      },
    });
    const refusals = refusalsOf(data?.deleteDashboard);
    if (refusals.length === 0) void navigate('/');
    return refusals;
  }

  return (
    <Question
      trigger="Delete the dashboard…"
      look="danger"
      title={`Delete “${name}”?`}
      action="Delete the dashboard"
      run={run}
    >
      Its widgets go with it. Metrics stay.
    </Question>
  );
}
