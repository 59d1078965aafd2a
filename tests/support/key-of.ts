import type { Account } from './account.ts';

/** A new API client of this person's workspace, and its first key; `input` wins over the usual. */
export async function keyOf(ada: Account, input: object = {}) {
  const client = await ada.ask(
    `mutation ($input: CreateApiClientInput!) {
      createApiClient(input: $input) { apiClient { id } userErrors { message } }
    }`,
    {
      input: {
        name: 'Acme',
        contactEmail: 'ops@acme.example.com',
        scopes: ['read:analytics'],
        operationMode: 'ANY',
        ...input,
      },
    },
  );
  const { id } = client.data.createApiClient.apiClient;
  const { data } = await ada.ask(
    `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key apiKey { id } } }`,
    { input: { clientId: id } },
  );
  return { clientId: id, ...data.createApiKey } as {
    clientId: string;
    key: string;
    apiKey: { id: string };
  };
}
