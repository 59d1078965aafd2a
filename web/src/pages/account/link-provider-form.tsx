import { useMutation } from '@apollo/client/react';
import { Form } from '../../forms/form.tsx';
import { OwnPasswordField } from '../../forms/own-password-field.tsx';
import { SelectField } from '../../forms/select-field.tsx';
import { useForm } from '../../forms/use-form.ts';
import { leaveForProvider } from '../../session/leave-for-provider.ts';
import { startIdentityLinkMutation } from './identity-documents.ts';

/** Adds a provider as a way to sign in: the password first, then over to the provider. */
export function LinkProviderForm(props: { providers: readonly { id: string; name: string }[] }) {
  const [start] = useMutation(startIdentityLinkMutation);
  const form = useForm({
    fields: ['password'],
    async send(read) {
      const input = { provider: read('provider'), password: read('password') };
      const answer = (await start({ variables: { input } })).data?.startIdentityLink;
      if (answer?.ticket) {
        await leaveForProvider({ provider: input.provider, ticket: answer.ticket });
      }
      return answer;
    },
    onDone: () => {},
  });
  return (
    <Form form={form} action="Add">
      <SelectField
        label="Provider"
        name="provider"
        options={props.providers.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <OwnPasswordField error={form.errors.byField.password} />
    </Form>
  );
}
