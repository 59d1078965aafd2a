import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { TextField } from '../../../components/text-field.tsx';
import { Form } from '../../../forms/form.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { changeMetricMutation } from '../metric-documents.ts';

interface RenameFormProps {
  metric: { id: string; name: string; unit: string };
}

export function RenameForm({ metric }: RenameFormProps) {
  const [change] = useMutation(changeMetricMutation);
  const [done, setDone] = useState<string>();
  const form = useForm({
    fields: ['name', 'unit'],
    async send(read) {
      setDone(undefined);
      const input = { id: metric.id, name: read('name'), unit: read('unit') };
      return (await change({ variables: { input } })).data?.changeMetric;
    },
    onDone: () => setDone('Saved.'),
  });
  const { byField } = form.errors;
  return (
    <Form form={form} action="Save" done={done} width="wide">
      <div className="grid gap-4 sm:grid-cols-[2fr_1fr]">
        <TextField
          label="Name"
          name="name"
          required
          maxLength={200}
          defaultValue={metric.name}
          error={byField.name}
        />
        <TextField
          label="Unit"
          name="unit"
          maxLength={20}
          defaultValue={metric.unit}
          error={byField.unit}
        />
      </div>
    </Form>
  );
}
