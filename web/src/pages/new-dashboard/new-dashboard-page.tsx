import { useMutation } from '@apollo/client/react';
import { useNavigate } from 'react-router';
import { Page } from '../../components/page.tsx';
import { TextField } from '../../components/text-field.tsx';
import { Form } from '../../forms/form.tsx';
import { useForm } from '../../forms/use-form.ts';
import { graphql } from '../../generated/index.ts';
import { OnlyWith } from '../../shell/only-with.tsx';

const createDashboardMutation = graphql(`
  mutation CreateDashboard($name: String!) {
    createDashboard(input: { name: $name, widgets: [] }) {
      dashboard {
        id
      }
      userErrors {
        message
        field
      }
    }
  }
`);

/** Names a dashboard; its widgets are added on the page that follows. */
export function NewDashboardPage() {
  const navigate = useNavigate();
  const [create] = useMutation(createDashboardMutation);
  const form = useForm({
    fields: ['name'],
    send: async (read) =>
      (await create({ variables: { name: read('name') } })).data?.createDashboard,
    onDone: ({ dashboard }) => void navigate(dashboard ? `/dashboards/${dashboard.id}/edit` : '/'),
  });
  return (
    <Page title="New dashboard" description="Its widgets come next.">
      <OnlyWith scopes={['write:analytics']}>
        <Form form={form} action="Create the dashboard">
          <TextField
            label="Name"
            name="name"
            required
            maxLength={200}
            error={form.errors.byField.name}
          />
        </Form>
      </OnlyWith>
    </Page>
  );
}
