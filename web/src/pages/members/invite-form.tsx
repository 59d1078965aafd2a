import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { TextField } from '../../components/text-field.tsx';
import { Form } from '../../forms/form.tsx';
import { SelectField } from '../../forms/select-field.tsx';
import { useForm } from '../../forms/use-form.ts';
import { inviteMemberMutation, membersQuery } from './member-documents.ts';
import { roleOptions, toRoleChoice } from './role-choice.ts';
import type { CustomRole } from './role-form.tsx';

export function InviteForm({ customRoles }: { customRoles: readonly CustomRole[] }) {
  const [link, setLink] = useState<string | null>(null);
  const [invite] = useMutation(inviteMemberMutation, { refetchQueries: [membersQuery] });
  const form = useForm({
    fields: ['email'],
    async send(read) {
      const input = { email: read('email'), ...toRoleChoice(read('role')) };
      return (await invite({ variables: { input } })).data?.inviteMember;
    },
    onDone(answer, element) {
      element.reset();
      setLink(answer.link ?? null);
    },
  });
  return (
    <Form form={form} action="Invite" done={link === null ? undefined : 'A mail is on its way.'}>
      <TextField
        label="E-mail"
        name="email"
        type="email"
        required
        error={form.errors.byField.email}
      />
      <SelectField
        label="Role"
        name="role"
        defaultValue="VIEWER"
        options={roleOptions(customRoles)}
      />
      {link !== null && (
        <p className="text-[13px] text-muted">
          You can hand the link on yourself, too; it works for this address only:{' '}
          <code className="font-mono break-all text-ink">{link}</code>
        </p>
      )}
    </Form>
  );
}
