import { graphql } from '../../generated/index.ts';

export const lookupTablesQuery = graphql(`
  query LookupTables {
    workspace {
      id
      lookupTables {
        id
        name
        keyColumn
        rowCount
        version
        updatedAt
        versions {
          version
          rowCount
          createdAt
        }
      }
    }
  }
`);

export const putLookupTableMutation = graphql(`
  mutation PutLookupTable($input: PutLookupTableInput!) {
    putLookupTable(input: $input) {
      lookupTable {
        id
        version
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);

export const restoreLookupTableMutation = graphql(`
  mutation RestoreLookupTable($input: RestoreLookupTableInput!) {
    restoreLookupTable(input: $input) {
      lookupTable {
        id
        version
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);
