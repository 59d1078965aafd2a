import { useMutation } from '@apollo/client/react';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { ErrorState } from '../../components/states.tsx';
import { SelectField } from '../../forms/select-field.tsx';
import type { MembersQuery } from '../../generated/graphql.ts';
import {
  changeMemberRoleMutation,
  membersQuery,
  removeMemberMutation,
} from './member-documents.ts';
import { roleOptions, roleValue, toRoleChoice } from './role-choice.ts';
import type { CustomRole } from './role-form.tsx';

type Member = NonNullable<MembersQuery['workspace']>['members']['edges'][number]['node'];

export function MemberList(props: {
  members: readonly Member[];
  customRoles: readonly CustomRole[];
}) {
  const { members, customRoles } = props;
  const options = roleOptions(customRoles);
  const [change, changing] = useMutation(changeMemberRoleMutation);
  const [remove, removing] = useMutation(removeMemberMutation, { refetchQueries: [membersQuery] });
  const error = changing.error ?? removing.error;
  const refusals = [
    ...(changing.data?.changeMemberRole.userErrors ?? []),
    ...(removing.data?.removeMember.userErrors ?? []),
  ];
  return (
    <>
      {error && <ErrorState error={error} />}
      <p role="alert" className="mb-2 text-[13px] text-critical empty:hidden">
        {refusals.map(({ message }) => message).join(' ')}
      </p>
      <Panel>
        <ul aria-label="Members" className="divide-y divide-line">
          {members.map(({ id, user, ...granted }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
              <div className="min-w-0">
                <p className="truncate font-medium">{user.name}</p>
                <p className="truncate text-[13px] text-muted">{user.email}</p>
              </div>
              <div className="flex items-center gap-2">
                <SelectField
                  label={`Role of ${user.name}`}
                  isLabelShown={false}
                  value={roleValue(granted)}
                  options={options}
                  disabled={changing.loading}
                  onChange={({ target }) => {
                    const input = { membershipId: id, ...toRoleChoice(target.value) };
                    void change({ variables: { input } }).catch(() => {});
                  }}
                />
                <Button
                  disabled={removing.loading}
                  onClick={() => void remove({ variables: { id } }).catch(() => {})}
                >
                  Remove
                </Button>
              </div>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}
