import { useMutation } from '@apollo/client/react';
import { TextField } from '../../components/text-field.tsx';
import { Form } from '../../forms/form.tsx';
import { useForm } from '../../forms/use-form.ts';
import { apiClientsQuery, createApiClientMutation } from './api-client-documents.ts';

const fields = ['name', 'contactEmail', 'scopes', 'allowedOrigins', 'allowedAddresses'];
const listOf = (text: string) => text.split(/[\s,]+/).filter((entry) => entry !== '');

export function CreateClientForm() {
  const [create] = useMutation(createApiClientMutation, { refetchQueries: [apiClientsQuery] });
  const form = useForm({
    fields,
    async send(read) {
      const input = {
        name: read('name'),
        contactEmail: read('contactEmail'),
        scopes: listOf(read('scopes')),
        allowedOrigins: listOf(read('allowedOrigins')),
        allowedAddresses: listOf(read('allowedAddresses')),
      };
      return (await create({ variables: { input } })).data?.createApiClient;
    },
    onDone: (_, element) => element.reset(),
  });
  const { byField } = form.errors;
  return (
    <Form form={form} action="Create the client">
      <TextField label="Name" name="name" required error={byField.name} />
      <TextField
        label="Contact"
        name="contactEmail"
        type="email"
        required
        hint="Whom to write to about it."
        error={byField.contactEmail}
      />
      <TextField
        label="Scopes"
        name="scopes"
        required
        defaultValue="read:analytics"
        hint="E.g. read:analytics read:alerts"
        error={byField.scopes}
      />
      <TextField
        label="Addresses"
        name="allowedAddresses"
        hint="IP addresses or ranges it may call from; any when empty."
        error={byField.allowedAddresses}
      />
      <TextField
        label="Origins"
        name="allowedOrigins"
        hint="Pages that may use its keys; any when empty."
        error={byField.allowedOrigins}
      />
    </Form>
  );
}
