import { useQuery } from '@apollo/client/react';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/panel.tsx';
import { ErrorState, LoadingState } from '../../components/states.tsx';
import { accountQuery } from './account-documents.ts';
import { LinkedIdentities } from './linked-identities.tsx';
import { MfaSection } from './mfa-section.tsx';
import { DeletionForm, EmailForm, NameForm, PasswordForm } from './profile-forms.tsx';
import { SessionList } from './session-list.tsx';
import { WorkspaceList } from './workspace-list.tsx';

export function AccountPage() {
  const { data, error, refetch } = useQuery(accountQuery, { fetchPolicy: 'cache-and-network' });
  const account = data?.viewer;
  return (
    <Page title="Account" description="What concerns you, in every workspace.">
      {error && <ErrorState error={error} retry={refetch} />}
      {!account && !error && <LoadingState />}
      {account && (
        <>
          <Section title="Where you are signed in">
            <SessionList />
          </Section>
          <Section title="Two-step sign-in">
            <MfaSection account={account} />
          </Section>
          <LinkedIdentities />
          <Section title="Workspaces">
            <WorkspaceList account={account} />
          </Section>
          <Section title="Name">
            <NameForm account={account} />
          </Section>
          <Section title="E-mail address">
            <EmailForm account={account} />
          </Section>
          <Section title="Password">
            <PasswordForm />
          </Section>
          <Section title="Delete the account">
            <DeletionForm />
          </Section>
        </>
      )}
    </Page>
  );
}
