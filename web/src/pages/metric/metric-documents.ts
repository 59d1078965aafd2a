import { graphql } from '../../generated/index.ts';

export const metricQuery = graphql(`
  query Metric($id: ID!) {
    metric(id: $id) {
      ...MetricParts
    }
  }
`);

export const metricFiguresQuery = graphql(`
  query MetricFigures(
    $id: ID!
    $from: DateTime!
    $to: DateTime!
    $step: RangeStep!
    $where: [DimensionFilterInput!]
    $daysBefore: Int
    $hasGroups: Boolean!
    $by: [String!]
    $limit: Int!
  ) {
    metric(id: $id) {
      id
      range(from: $from, to: $to, where: $where) {
        value
        points(step: $step) {
          at
          value
          count
        }
        top(by: $by, limit: $limit) @include(if: $hasGroups) {
          key
          value
          count
        }
        previous(daysBefore: $daysBefore) {
          from
          to
          value
          points(step: $step) {
            at
            value
          }
        }
      }
    }
  }
`);

export const rebuildMetricMutation = graphql(`
  mutation RebuildMetric($id: ID!) {
    rebuildMetric(input: { id: $id }) {
      metric {
        id
        countingBefore
        countedShare
      }
      userErrors {
        message
      }
    }
  }
`);

export const changeMetricMutation = graphql(`
  mutation ChangeMetric($input: ChangeMetricInput!) {
    changeMetric(input: $input) {
      metric {
        id
        name
        unit
      }
      userErrors {
        message
        field
      }
    }
  }
`);

export const metricUsesQuery = graphql(`
  query MetricUses($id: ID!, $withRules: Boolean!) {
    metric(id: $id) {
      id
      widgets {
        id
        title
        dashboard {
          id
          name
        }
      }
      alertRules @include(if: $withRules) {
        id
        name
      }
    }
  }
`);

export const deleteMetricMutation = graphql(`
  mutation DeleteMetric($id: ID!) {
    deleteMetric(input: { id: $id }) {
      deletedId
      userErrors {
        message
      }
    }
  }
`);
