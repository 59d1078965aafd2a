import { useMutation } from '@apollo/client/react';
import { Button } from '../../../components/button.tsx';
import { ErrorState } from '../../../components/states.tsx';
import { refusalsOf } from '../../../graph/refusals-of.ts';
import { rebuildMetricMutation } from '../metric-documents.ts';

interface RebuildButtonProps {
  metric: { id: string; countingBefore: string | null };
}

/** Counts stored events again; how far that is stands at the head of the page. */
export function RebuildButton({ metric }: RebuildButtonProps) {
  const [rebuild, { data, error, loading }] = useMutation(rebuildMetricMutation, {
    variables: { id: metric.id },
  });
  const isCounting = loading || metric.countingBefore !== null;
  const refusals = data ? refusalsOf(data.rebuildMetric) : [];
  return (
    <>
      <Button disabled={isCounting} onClick={() => void rebuild().catch(() => {})}>
        {isCounting ? 'Counting…' : 'Count stored events again'}
      </Button>
      <p role="status" className="text-[13px] text-muted empty:hidden">
        {data && !isCounting && refusals.length === 0 && 'All stored events are counted.'}
      </p>
      <p role="alert" className="text-[13px] text-critical empty:hidden">
        {refusals.join(' ')}
      </p>
      {error && <ErrorState error={error} />}
    </>
  );
}
