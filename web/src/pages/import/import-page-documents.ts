import { graphql } from '../../generated/index.ts';

export const importQuery = graphql(`
  query Import($id: ID!) {
    import(id: $id) {
      ...ImportItem
    }
  }
`);

export const previewImportQuery = graphql(`
  query PreviewImport($input: PreviewImportInput!) {
    previewImport(input: $input) {
      preview {
        columns {
          name
          type
          timeFormat
          examples
          filled
        }
        mapping {
          layout
          delimiter
          hasHeader
          encoding
          eventType
          eventSource
          timeColumn
          timeFormat
          idColumn
          subjectColumn
          fields {
            column
            name
            type
          }
        }
        rows {
          row
          event
          rejected {
            column
            field
            reason
            hint
          }
        }
        rejected
        lookedAt
        fault
      }
      userErrors {
        message
        field
      }
    }
  }
`);

export const startImportMutation = graphql(`
  mutation StartImport($input: StartImportInput!) {
    startImport(input: $input) {
      import {
        ...ImportProgress
      }
      userErrors {
        message
        field
      }
    }
  }
`);

export const pauseImportMutation = graphql(`
  mutation PauseImport($input: ChangeImportInput!) {
    pauseImport(input: $input) {
      import {
        ...ImportProgress
      }
      userErrors {
        message
      }
    }
  }
`);

export const resumeImportMutation = graphql(`
  mutation ResumeImport($input: ChangeImportInput!) {
    resumeImport(input: $input) {
      import {
        ...ImportProgress
      }
      userErrors {
        message
      }
    }
  }
`);

export const cancelImportMutation = graphql(`
  mutation CancelImport($input: ChangeImportInput!) {
    cancelImport(input: $input) {
      import {
        ...ImportProgress
      }
      userErrors {
        message
      }
    }
  }
`);
