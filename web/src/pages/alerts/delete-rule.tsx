import { useMutation } from '@apollo/client/react';
import { Question } from '../../components/question.tsx';
import { refusalsOf } from '../../graph/refusals-of.ts';
import { alertsQuery, deleteAlertRuleMutation } from './alert-documents.ts';
import type { AlertRule } from './describe-condition.ts';

/** Deletes a rule, once it was said what goes with it. */
export function DeleteRule({ rule: { id, name, activeAlert } }: { rule: AlertRule }) {
  const [remove] = useMutation(deleteAlertRuleMutation, { refetchQueries: [alertsQuery] });

  async function run(): Promise<readonly string[]> {
    const { data } = await remove({ variables: { id } });
    return refusalsOf(data?.deleteAlertRule);
  }

  return (
    <Question
      trigger={
        <>
          Delete… <span className="sr-only">{name}</span>
        </>
      }
      look="danger"
      title={`Delete “${name}”?`}
      action="Delete the rule"
      run={run}
    >
      <div className="grid gap-2">
        <p>Its alerts go with it. What people were told of them stays in their inboxes.</p>
        {activeAlert?.state === 'FIRING' && (
          <p>It is firing now: nobody will be told that this is over.</p>
        )}
      </div>
    </Question>
  );
}
