import { useMutation } from '@apollo/client/react';
import { TextField } from '../../components/text-field.tsx';
import { Form } from '../../forms/form.tsx';
import { useForm } from '../../forms/use-form.ts';
import { membersQuery } from './member-documents.ts';
import { changeRoleMutation, createRoleMutation } from './role-documents.ts';

export interface CustomRole {
  id: string;
  name: string;
  scopes: readonly string[];
}

interface RoleFormProps {
  /** The one to change; a new one without. */
  role?: CustomRole;
  /** What the viewer may put in. */
  ownScopes: readonly string[];
  onDone?: () => void;
}

export function RoleForm({ role, ownScopes, onDone }: RoleFormProps) {
  const refetchQueries = [membersQuery];
  const [create] = useMutation(createRoleMutation, { refetchQueries });
  const [change] = useMutation(changeRoleMutation, { refetchQueries });
  const form = useForm({
    fields: ['name', 'scopes'],
    async send(read) {
      const scopes = ownScopes.filter((scope) => read(scope) === 'on');
      const input = { name: read('name'), scopes };
      if (!role) return (await create({ variables: { input } })).data?.createRole;
      const changed = { input: { ...input, id: role.id } };
      return (await change({ variables: changed })).data?.changeRole;
    },
    onDone(_, element) {
      if (!role) element.reset();
      onDone?.();
    },
  });
  const { byField } = form.errors;
  return (
    <Form form={form} action={role ? 'Save the role' : 'Create the role'}>
      <TextField
        label="Role name"
        name="name"
        required
        maxLength={60}
        defaultValue={role?.name}
        error={byField.name}
      />
      <fieldset aria-describedby="scopes-error">
        <legend className="text-[13px] font-medium">May</legend>
        <div className="grid grid-cols-2 gap-1">
          {ownScopes.map((scope) => (
            <label key={scope} className="flex items-center gap-2 text-[13px]">
              <input type="checkbox" name={scope} defaultChecked={role?.scopes.includes(scope)} />
              {scope}
            </label>
          ))}
        </div>
        <p id="scopes-error" className="text-[13px] text-critical">
          {byField.scopes}
        </p>
      </fieldset>
    </Form>
  );
}
