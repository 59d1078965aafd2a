import { graphql } from '../../generated/index.ts';

export const countableSourcesQuery = graphql(`
  query CountableSources($withTypes: Boolean!) {
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
      eventTypes @include(if: $withTypes) {
        id
        name
        jsonSchema
      }
    }
  }
`);

export const seenTypesQuery = graphql(`
  query SeenTypes($sourceId: ID!) {
    source(id: $sourceId) {
      id
      seenTypes {
        eventType
        fields {
          name
          isNumber
          examples
        }
      }
    }
  }
`);

export const createMetricMutation = graphql(`
  mutation CreateMetric($input: CreateMetricInput!) {
    createMetric(input: $input) {
      metric {
        ...MetricParts
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);
