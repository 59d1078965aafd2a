import { graphql } from '../../generated/index.ts';

export const pipelineQuery = graphql(`
  query SourcePipeline($id: ID!) {
    source(id: $id) {
      id
      name
      pipeline {
        id
        version
        stages
      }
      pipelineDraft {
        stages
        savedAt
      }
      pipelineVersions {
        id
        version
        stages
        publishedAt
        restoredVersion
      }
      sampleEvents {
        id
        event
        takenAt
      }
    }
  }
`);

export const previewQuery = graphql(`
  query PreviewPipeline($input: PreviewPipelineInput!) {
    previewPipeline(input: $input) {
      events {
        ...EventPreviewItem
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);

export const saveDraftMutation = graphql(`
  mutation SavePipelineDraft($input: PublishPipelineInput!) {
    savePipelineDraft(input: $input) {
      draft {
        savedAt
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);

export const publishMutation = graphql(`
  mutation PublishPipeline($input: PublishPipelineInput!) {
    publishPipeline(input: $input) {
      pipeline {
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

export const rollBackMutation = graphql(`
  mutation RollBackPipeline($input: RollBackPipelineInput!) {
    rollBackPipeline(input: $input) {
      pipeline {
        id
        version
        stages
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);
