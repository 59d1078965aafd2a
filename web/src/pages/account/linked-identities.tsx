import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Panel, Section } from '../../components/panel.tsx';
import { ErrorState } from '../../components/states.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import type { LinkedIdentitiesQuery } from '../../generated/graphql.ts';
import { readFragment } from '../../session/read-fragment.ts';
import { describeProblem } from '../sign-in/describe-problem.ts';
import { linkedIdentitiesQuery, unlinkIdentityMutation } from './identity-documents.ts';
import { LinkProviderForm } from './link-provider-form.tsx';

type Identity = NonNullable<
  NonNullable<LinkedIdentitiesQuery['viewer']>['linkedIdentities']
>[number];

/** The providers one signs in at; nothing where there are none to choose from. */
export function LinkedIdentities() {
  const { data } = useQuery(linkedIdentitiesQuery, { fetchPolicy: 'cache-and-network' });
  const [problem] = useState(() => describeProblem(readFragment('problem')));
  const identities = data?.viewer?.linkedIdentities ?? [];
  const providers = data?.signInProviders ?? [];
  if (identities.length === 0 && providers.length === 0) return null;
  return (
    <Section title="Other ways to sign in">
      <p role="alert" className="mb-2 text-[13px] text-critical empty:hidden">
        {problem}
      </p>
      <IdentityList identities={identities} />
      {providers.length > 0 && <LinkProviderForm providers={providers} />}
    </Section>
  );
}

function IdentityList({ identities }: { identities: readonly Identity[] }) {
  const [unlink, { data, error, loading }] = useMutation(unlinkIdentityMutation, {
    refetchQueries: [linkedIdentitiesQuery],
  });
  const refusals = data?.unlinkIdentity.userErrors ?? [];
  if (identities.length === 0) return null;
  return (
    <>
      {error && <ErrorState error={error} />}
      <p role="alert" className="mb-2 text-[13px] text-critical empty:hidden">
        {refusals.map(({ message }) => message).join(' ')}
      </p>
      <Panel className="mb-3">
        <ul aria-label="Linked sign-ins" className="divide-y divide-line">
          {identities.map(({ id, provider, email, linkedAt }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-2 px-4 py-3">
              <div className="min-w-0">
                <p className="font-medium">{provider}</p>
                <p className="truncate text-[13px] text-muted">
                  {email} · added <TimeAgo at={linkedAt} />
                </p>
              </div>
              <Button
                disabled={loading}
                onClick={() => void unlink({ variables: { id } }).catch(() => {})}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}
