import { graphql } from '../../generated/index.ts';

export const exportSourcesQuery = graphql(`
  query ExportSources {
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
    }
  }
`);

export const exportedTypesQuery = graphql(`
  query ExportedTypes($sourceId: ID!) {
    source(id: $sourceId) {
      id
      seenTypes {
        eventType
        fields {
          name
        }
      }
    }
  }
`);

export const prepareExportMutation = graphql(`
  mutation PrepareExport($input: PrepareExportInput!) {
    prepareExport(input: $input) {
      link
      userErrors {
        code
        message
        field
      }
    }
  }
`);
