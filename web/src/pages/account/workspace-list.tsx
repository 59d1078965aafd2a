import { useMutation } from '@apollo/client/react';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { Tag } from '../../components/tag.tsx';
import { TextField } from '../../components/text-field.tsx';
import { Form } from '../../forms/form.tsx';
import { useForm } from '../../forms/use-form.ts';
import { useSwitchWorkspace } from '../../session/use-switch-workspace.ts';
import { describeRole } from '../members/describe-role.ts';
import { createWorkspaceMutation } from './account-documents.ts';
import type { Account } from './profile-forms.tsx';

/** The workspaces one belongs to, and the way to another one. */
export function WorkspaceList({ account }: { account: Account }) {
  const switchWorkspace = useSwitchWorkspace();
  const [create] = useMutation(createWorkspaceMutation);
  const form = useForm({
    fields: ['name'],
    send: async (read) =>
      (await create({ variables: { input: { name: read('name') } } })).data?.createWorkspace,
    onDone: ({ workspace }) => void (workspace && switchWorkspace(workspace.id)),
  });
  return (
    <div className="grid gap-3">
      <Panel>
        <ul aria-label="Workspaces" className="divide-y divide-line">
          {account.memberships.map(({ id, workspace, ...granted }) => (
            <li key={id} className="flex items-center justify-between gap-4 px-4 py-3">
              <p className="min-w-0 truncate">
                {workspace.name}{' '}
                <span className="text-[13px] text-muted">{describeRole(granted)}</span>
              </p>
              {workspace.id === account.workspace.id ? (
                <Tag tone="good">Current</Tag>
              ) : (
                <Button onClick={() => void switchWorkspace(workspace.id).catch(() => {})}>
                  Switch
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Panel>
      <Form form={form} action="Create a workspace">
        <TextField label="Name" name="name" required error={form.errors.byField.name} />
      </Form>
    </div>
  );
}
