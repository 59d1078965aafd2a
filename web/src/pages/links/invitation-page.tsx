import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { Form } from '../../forms/form.tsx';
import { useForm } from '../../forms/use-form.ts';
import { readFragment } from '../../session/read-fragment.ts';
import { useSwitchWorkspace } from '../../session/use-switch-workspace.ts';
import { acceptInvitationMutation, invitationQuery } from './link-documents.ts';

/** For signed-in people: others sign in, or open an account, first and come back. */
export function InvitationPage() {
  const [token] = useState(() => readFragment('token') ?? '');
  const { data, error, refetch } = useQuery(invitationQuery, { variables: { token } });
  const [accept] = useMutation(acceptInvitationMutation);
  const switchWorkspace = useSwitchWorkspace();
  const navigate = useNavigate();
  const form = useForm({
    fields: [],
    send: async () => (await accept({ variables: { input: { token } } })).data?.acceptInvitation,
    onDone({ membership }) {
      if (!membership) return;
      void switchWorkspace(membership.workspace.id).then(() => navigate('/'));
    },
  });
  const invitation = data?.invitation;
  return (
    <Page title="Invitation">
      {error && <ErrorState error={error} retry={refetch} />}
      {!data && !error && <LoadingState />}
      {data && !invitation && (
        <EmptyState title="This invitation is over">
          It was accepted or withdrawn, or is older than a week. Ask for another one.
        </EmptyState>
      )}
      {invitation && (
        <Panel className="p-5">
          <Form form={form} action="Join">
            <p className="mb-2 text-sm">
              Join <strong>{invitation.workspaceName}</strong> as {invitation.roleName}, with the
              account of {invitation.email}.
            </p>
          </Form>
        </Panel>
      )}
    </Page>
  );
}
