import { useSearchParams } from 'react-router';
import { Choice } from '../../components/choice.tsx';
import type { DeadLetterStatus } from '../../generated/graphql.ts';

const choices = [
  { status: 'OPEN', label: 'Open' },
  { status: 'HELD', label: 'Review' },
  { status: 'REPLAYING', label: 'Replaying' },
  { status: 'RESOLVED', label: 'Resolved' },
  { status: 'DISCARDED', label: 'Discarded' },
  { status: null, label: 'All' },
] as const satisfies readonly { status: DeadLetterStatus | null; label: string }[];

/** The chosen status, kept in the address so that it can be sent to somebody; open ones at first. */
export function useStatusFilter() {
  const [parameters, setParameters] = useSearchParams();
  const named = parameters.get('status');
  const chosen = choices.find(({ label }) => label.toLowerCase() === named) ?? choices[0];
  const choose = (label: string) =>
    setParameters({ status: label.toLowerCase() }, { replace: true });
  return { chosen, choose };
}

export function StatusFilter({ chosen, choose }: ReturnType<typeof useStatusFilter>) {
  const options = choices.map(({ label }) => ({ value: label, label }));
  return (
    <div className="mb-3">
      <Choice label="Status" options={options} chosen={chosen.label} choose={choose} />
    </div>
  );
}
