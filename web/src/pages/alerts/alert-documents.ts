import { graphql } from '../../generated/index.ts';

// Declared for the code generator, which puts it into the document below.
graphql(`
  fragment AlertParts on Alert {
    id
    state
    value
    startedAt
    firedAt
    resolvedAt
    rule {
      id
      name
      severity
      isStanding
      operator
      threshold
      metric {
        id
        name
        unit
        aggregation
      }
    }
  }
`);

export const alertsQuery = graphql(`
  query Alerts($after: String) {
    workspace {
      id
      firing: alerts(first: 50, state: FIRING) {
        edges {
          node {
            ...AlertParts
          }
        }
      }
      pending: alerts(first: 50, state: PENDING) {
        edges {
          node {
            ...AlertParts
          }
        }
      }
      resolved: alerts(first: 20, after: $after, state: RESOLVED) {
        edges {
          cursor
          node {
            ...AlertParts
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      alertRules {
        id
        name
        operator
        threshold
        windowMinutes
        holdSeconds
        severity
        isStanding
        metric {
          id
          name
          unit
          aggregation
        }
        activeAlert {
          id
          state
          value
          startedAt
        }
      }
    }
  }
`);

export const deleteAlertRuleMutation = graphql(`
  mutation DeleteAlertRule($id: ID!) {
    deleteAlertRule(input: { id: $id }) {
      deletedId
      userErrors {
        message
      }
    }
  }
`);
