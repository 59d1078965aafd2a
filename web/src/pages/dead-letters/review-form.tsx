import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/states.tsx';
import { reviewDeadLetterMutation } from './dead-letter-documents.ts';
import { ReasonForm } from './reason-form.tsx';

/** Lets a held record through, or rejects it with a reason. */
export function ReviewForm({ id }: { id: string }) {
  const [isRejecting, setRejecting] = useState(false);
  const [review, { data, loading, error }] = useMutation(reviewDeadLetterMutation, {
    refetchQueries: ['DeadLetterGroups'],
  });
  const userErrors = data?.reviewDeadLetter.userErrors ?? [];

  /** Errors are in the mutation's result. */
  function decide(verdict: 'APPROVE' | 'REJECT', reason?: string): void {
    const input = { id, verdict, ...(reason !== undefined && { reason }) };
    void review({ variables: { input } }).catch(() => {});
  }

  return (
    <div className="mt-3">
      {error && <ErrorState error={error} />}
      <p role="alert" className="text-[13px] text-critical empty:hidden">
        {userErrors.map(({ message }) => message).join(' ')}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" disabled={loading} onClick={() => decide('APPROVE')}>
          Approve
        </Button>
        <Button disabled={loading} onClick={() => setRejecting(true)}>
          Reject…
        </Button>
      </div>
      {isRejecting && (
        <ReasonForm
          action="Reject"
          isBusy={loading}
          send={(reason) => decide('REJECT', reason)}
          cancel={() => setRejecting(false)}
        />
      )}
    </div>
  );
}
