import { useMutation } from '@apollo/client/react';
import { Panel } from '../../components/panel.tsx';
import { ErrorState } from '../../components/states.tsx';
import { fieldClass } from '../../components/text-field.tsx';
import type { UnknownTypes } from '../../generated/graphql.ts';
import { changeSourceMutation } from './event-type-documents.ts';

const choices = {
  ACCEPT: 'pass',
  QUARANTINE: 'are held for review',
  REJECT: 'are refused',
} satisfies Record<UnknownTypes, string>;
const options = Object.entries(choices) as [UnknownTypes, string][];

interface UnknownTypesListProps {
  sources: readonly { id: string; name: string; unknownTypes: UnknownTypes }[];
}

/** By source, what becomes of events whose type nobody registered. */
export function UnknownTypesList({ sources }: UnknownTypesListProps) {
  const [change, { data, error, loading }] = useMutation(changeSourceMutation);
  const refusals = data?.changeSource.userErrors ?? [];
  return (
    <>
      {error && <ErrorState error={error} />}
      <p role="alert" className="mb-2 text-[13px] text-critical empty:hidden">
        {refusals.map(({ message }) => message).join(' ')}
      </p>
      <Panel>
        <ul aria-label="Sources" className="divide-y divide-line">
          {sources.map(({ id, name, unknownTypes }) => (
            <li key={id}>
              <label className="flex flex-wrap items-center justify-between gap-2 px-4 py-2 text-[13px]">
                <span className="min-w-0 break-words">Unknown types from {name}</span>
                <select
                  value={unknownTypes}
                  disabled={loading}
                  onChange={({ target }) => {
                    const chosen = options.find(([choice]) => choice === target.value);
                    if (!chosen) return;
                    const input = { id, unknownTypes: chosen[0] };
                    void change({ variables: { input } }).catch(() => {});
                  }}
                  className={`${fieldClass} max-w-56 py-1`}
                >
                  {options.map(([choice, words]) => (
                    <option key={choice} value={choice}>
                      {words}
                    </option>
                  ))}
                </select>
              </label>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}
