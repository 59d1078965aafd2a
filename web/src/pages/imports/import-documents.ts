import { graphql } from '../../generated/index.ts';

graphql(`
  fragment ImportProgress on Import {
    id
    state
    bytesRead
    rowsRead
    accepted
    duplicates
    rejected
    rowsPerSecond
    reason
    startedAt
    endedAt
  }
`);

graphql(`
  fragment ImportItem on Import {
    id
    fileName
    format
    bytes
    createdAt
    source {
      id
      name
    }
    ...ImportProgress
  }
`);

export const importsQuery = graphql(`
  query Imports($after: String) {
    workspace {
      id
      imports(after: $after) {
        edges {
          node {
            ...ImportItem
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

export const importOriginsQuery = graphql(`
  query ImportOrigins {
    workspace {
      id
      sources(first: 100) {
        edges {
          node {
            id
            name
          }
        }
      }
      importFolder {
        name
        bytes
      }
    }
  }
`);

export const createImportMutation = graphql(`
  mutation CreateImport($input: CreateImportInput!) {
    createImport(input: $input) {
      import {
        id
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);

/** Its messages update the imports in the cache. */
export const importChangedSubscription = graphql(`
  subscription ImportChanged($ids: [ID!]) {
    importChanged(ids: $ids) {
      ...ImportProgress
    }
  }
`);
