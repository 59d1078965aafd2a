import { graphql } from '../../generated/index.ts';

export const apiClientsQuery = graphql(`
  query ApiClients {
    workspace {
      id
      apiClients {
        id
        name
        contactEmail
        scopes
        retiredAt
        operationMode
        activeVersion
        keys {
          id
          createdAt
          expiresAt
          revokedAt
          lastUsedAt
        }
      }
    }
  }
`);

export const createApiClientMutation = graphql(`
  mutation CreateApiClient($input: CreateApiClientInput!) {
    createApiClient(input: $input) {
      apiClient {
        id
      }
      userErrors {
        message
        field
      }
    }
  }
`);

export const retireApiClientMutation = graphql(`
  mutation RetireApiClient($id: ID!) {
    retireApiClient(id: $id) {
      userErrors {
        message
      }
    }
  }
`);

export const createApiKeyMutation = graphql(`
  mutation CreateApiKey($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      key
      userErrors {
        message
      }
    }
  }
`);

export const rotateApiKeyMutation = graphql(`
  mutation RotateApiKey($input: RotateApiKeyInput!) {
    rotateApiKey(input: $input) {
      key
      userErrors {
        message
      }
    }
  }
`);

export const revokeApiKeyMutation = graphql(`
  mutation RevokeApiKey($id: ID!) {
    revokeApiKey(id: $id) {
      userErrors {
        message
      }
    }
  }
`);
