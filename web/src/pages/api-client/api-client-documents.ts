import { graphql } from '../../generated/index.ts';

// Declared for the code generator, which puts them into the documents below.
graphql(`
  fragment ProblemParts on OperationProblem {
    operationId
    origin
    line
    column
    message
  }
`);

graphql(`
  fragment ChangedOperations on OperationManifestPayload {
    problems {
      ...ProblemParts
    }
    userErrors {
      message
    }
  }
`);

export const apiClientQuery = graphql(`
  query ApiClient($id: ID!) {
    workspace {
      id
      apiClient(id: $id) {
        id
        name
        contactEmail
        scopes
        retiredAt
        operationMode
        requestsPerMinute
        costPerMinute
        activeManifest {
          id
          problems {
            ...ProblemParts
          }
        }
        manifests {
          id
          version
          state
          note
          pushedAt
          activatedAt
          operationCount
        }
        usage(days: 30) {
          day
          operationId
          requests
          errors
          meanMilliseconds
          p95Milliseconds
        }
      }
    }
  }
`);

export const versionQuery = graphql(`
  query OperationVersion($id: ID!, $version: Int!) {
    workspace {
      id
      apiClient(id: $id) {
        id
        manifest(version: $version) {
          id
          operations {
            operationId
            names
            text
          }
        }
      }
    }
  }
`);

export const pushOperationsMutation = graphql(`
  mutation PushOperations($input: PushOperationsInput!) {
    pushOperations(input: $input) {
      manifest {
        id
        version
      }
      problems {
        ...ProblemParts
      }
      userErrors {
        message
        field
      }
    }
  }
`);

export const activateOperationsMutation = graphql(`
  mutation ActivateOperations($input: OperationVersionInput!) {
    changed: activateOperations(input: $input) {
      ...ChangedOperations
    }
  }
`);

export const rollBackOperationsMutation = graphql(`
  mutation RollBackOperations($input: RollBackOperationsInput!) {
    changed: rollBackOperations(input: $input) {
      ...ChangedOperations
    }
  }
`);

export const retireOperationsMutation = graphql(`
  mutation RetireOperations($input: OperationVersionInput!) {
    changed: retireOperations(input: $input) {
      ...ChangedOperations
    }
  }
`);

export const setClientBudgetsMutation = graphql(`
  mutation SetClientBudgets($input: SetClientBudgetsInput!) {
    setClientBudgets(input: $input) {
      apiClient {
        id
        requestsPerMinute
        costPerMinute
      }
      userErrors {
        message
        field
      }
    }
  }
`);

export const setOperationModeMutation = graphql(`
  mutation SetOperationMode($input: SetOperationModeInput!) {
    setOperationMode(input: $input) {
      apiClient {
        id
        operationMode
      }
      userErrors {
        message
      }
    }
  }
`);
