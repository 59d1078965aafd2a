import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Panel, Section } from '../../components/panel.tsx';
import { ErrorState } from '../../components/states.tsx';
import { membersQuery } from './member-documents.ts';
import { deleteRoleMutation } from './role-documents.ts';
import { type CustomRole, RoleForm } from './role-form.tsx';

/** The roles that the workspace has named for itself. */
export function RoleList(props: { roles: readonly CustomRole[]; ownScopes: readonly string[] }) {
  const { roles, ownScopes } = props;
  return (
    <Section title="Roles of your own">
      {roles.length > 0 && (
        <Panel className="mb-3">
          <ul aria-label="Roles" className="divide-y divide-line">
            {roles.map((role) => (
              <RoleItem key={role.id} role={role} ownScopes={ownScopes} />
            ))}
          </ul>
        </Panel>
      )}
      <RoleForm ownScopes={ownScopes} />
    </Section>
  );
}

function RoleItem({ role, ownScopes }: { role: CustomRole; ownScopes: readonly string[] }) {
  const [isOpen, setOpen] = useState(false);
  const [remove, { data, error, loading }] = useMutation(deleteRoleMutation, {
    refetchQueries: [membersQuery],
  });
  const refusals = data?.deleteRole.userErrors ?? [];
  const toggle = () => setOpen(!isOpen);
  return (
    <li className="grid gap-2 px-4 py-3">
      {error && <ErrorState error={error} />}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div className="min-w-0">
          <p className="font-medium">{role.name}</p>
          <p className="text-[13px] text-muted">{role.scopes.join(', ')}</p>
        </div>
        <div className="flex gap-2">
          <Button aria-expanded={isOpen} onClick={toggle}>
            Change
          </Button>
          <Button
            disabled={loading}
            onClick={() => void remove({ variables: { id: role.id } }).catch(() => {})}
          >
            Delete
          </Button>
        </div>
      </div>
      <p role="alert" className="text-[13px] text-critical empty:hidden">
        {refusals.map(({ message }) => message).join(' ')}
      </p>
      {isOpen && <RoleForm role={role} ownScopes={ownScopes} onDone={toggle} />}
    </li>
  );
}
