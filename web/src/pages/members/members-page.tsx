import { useMutation, useQuery } from '@apollo/client/react';
import { Button } from '../../components/button.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Page } from '../../components/page.tsx';
import { Panel, Section } from '../../components/panel.tsx';
import { ErrorState, LoadingState } from '../../components/states.tsx';
import { describeRole, type GrantedRole } from './describe-role.ts';
import { InviteForm } from './invite-form.tsx';
import { membersQuery, withdrawInvitationMutation } from './member-documents.ts';
import { MemberList } from './member-list.tsx';
import { RoleList } from './role-list.tsx';

export function MembersPage() {
  const { data, error, refetch, fetchMore } = useQuery(membersQuery, {
    fetchPolicy: 'cache-and-network',
  });
  const workspace = data?.workspace;
  return (
    <Page title="Members" description="Who belongs to this workspace, and what they may do.">
      {error && <ErrorState error={error} retry={refetch} />}
      {!workspace && !error && <LoadingState />}
      {workspace && (
        <>
          <Section title="Members">
            <MemberList
              members={workspace.members.edges.map(({ node }) => node)}
              customRoles={workspace.customRoles}
            />
            <LoadMore
              pageInfo={workspace.members.pageInfo}
              load={(after) => fetchMore({ variables: { after } })}
            />
          </Section>
          <Invitations invitations={workspace.invitations} />
          <Section title="Invite somebody">
            <InviteForm customRoles={workspace.customRoles} />
          </Section>
          <RoleList roles={workspace.customRoles} ownScopes={workspace.ownScopes} />
        </>
      )}
    </Page>
  );
}

function Invitations(props: {
  invitations: readonly ({ id: string; email: string } & GrantedRole)[];
}) {
  const [withdraw, { loading }] = useMutation(withdrawInvitationMutation, {
    refetchQueries: [membersQuery],
  });
  if (props.invitations.length === 0) return null;
  return (
    <Section title="Invited">
      <Panel>
        <ul aria-label="Invitations" className="divide-y divide-line">
          {props.invitations.map(({ id, email, ...granted }) => (
            <li key={id} className="flex items-center justify-between gap-4 px-4 py-3">
              <p className="min-w-0 truncate">
                {email} <span className="text-[13px] text-muted">{describeRole(granted)}</span>
              </p>
              <Button
                disabled={loading}
                onClick={() => void withdraw({ variables: { id } }).catch(() => {})}
              >
                Withdraw
              </Button>
            </li>
          ))}
        </ul>
      </Panel>
    </Section>
  );
}
