import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { TextField } from '../../components/text-field.tsx';
import { Form } from '../../forms/form.tsx';
import { useForm } from '../../forms/use-form.ts';
import { renameDashboardMutation } from './dashboard-edit-documents.ts';

export function RenameDashboardForm(props: { dashboard: { id: string; name: string } }) {
  const { id, name } = props.dashboard;
  const [rename] = useMutation(renameDashboardMutation);
  const [done, setDone] = useState<string>();
  const form = useForm({
    fields: ['name'],
    async send(read) {
      setDone(undefined);
      const input = { id, name: read('name') };
      return (await rename({ variables: { input } })).data?.renameDashboard;
    },
    onDone: () => setDone('Saved.'),
  });
  return (
    <Form form={form} action="Rename" done={done}>
      <TextField
        label="Name"
        name="name"
        required
        maxLength={200}
        defaultValue={name}
        error={form.errors.byField.name}
      />
    </Form>
  );
}
