import { graphql } from '../generated/index.ts';

// What a metric counts, and whether stored events are still being counted. Declared for the code
// generator, which puts it into all documents that use it.
graphql(`
  fragment MetricParts on Metric {
    id
    name
    unit
    aggregation
    field
    percentile
    condition {
      field
      operator
      value
    }
    filters {
      field
      in
      notIn
      atLeast
      below
    }
    eventType
    source {
      id
      name
    }
    dimensions
    countingBefore
    countedShare
  }
`);

export const metricsQuery = graphql(`
  query Metrics($first: Int!, $after: String) {
    workspace {
      id
      metrics(first: $first, after: $after) {
        edges {
          cursor
          node {
            ...MetricParts
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
