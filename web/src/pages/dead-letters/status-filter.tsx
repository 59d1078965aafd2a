import { useSearchParams } from 'react-router';
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
  return (
    <fieldset className="mb-3 inline-flex max-w-full min-w-0 overflow-x-auto rounded-md border border-line-strong bg-surface p-0.5">
      <legend className="sr-only">Status</legend>
      {choices.map(({ label }) => (
        <button
          key={label}
          type="button"
          aria-pressed={label === chosen.label}
          onClick={() => choose(label)}
          className="rounded px-3 py-1 text-[13px] text-muted hover:text-ink aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent"
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}
