import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { TextField } from '../../components/text-field.tsx';
import { Form } from '../../forms/form.tsx';
import { useForm } from '../../forms/use-form.ts';
import { setClientBudgetsMutation } from './api-client-documents.ts';
import type { ShownClient } from './shown-client.ts';

const toNumber = (text: string) => (text === '' ? null : Number(text));

/** How much each of the client's keys may ask for in a minute. */
export function BudgetsForm({ client }: { client: ShownClient }) {
  const [setBudgets] = useMutation(setClientBudgetsMutation);
  const [done, setDone] = useState<string | undefined>(undefined);
  const form = useForm({
    fields: ['requestsPerMinute', 'costPerMinute'],
    async send(read) {
      setDone(undefined);
      const input = {
        clientId: client.id,
        requestsPerMinute: toNumber(read('requestsPerMinute')),
        costPerMinute: toNumber(read('costPerMinute')),
      };
      return (await setBudgets({ variables: { input } })).data?.setClientBudgets;
    },
    onDone: () => setDone('Saved. Its keys feel it within a minute.'),
  });
  const { byField } = form.errors;
  return (
    <Form form={form} action="Save limits" done={done}>
      <TextField
        label="Requests a minute"
        name="requestsPerMinute"
        type="number"
        min={1}
        defaultValue={client.requestsPerMinute ?? ''}
        hint="Of each key; what everybody may when empty."
        error={byField.requestsPerMinute}
      />
      <TextField
        label="Cost points a minute"
        name="costPerMinute"
        type="number"
        min={1}
        defaultValue={client.costPerMinute ?? ''}
        hint="Of each key; what everybody may when empty."
        error={byField.costPerMinute}
      />
    </Form>
  );
}
