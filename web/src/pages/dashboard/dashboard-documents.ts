import { graphql } from '../../generated/index.ts';

// Fragments that only documents use are declared for the code generator.
graphql(`
  fragment WidgetData on WidgetData {
    points {
      at
      value
      count
    }
    groups {
      key
      value
      count
    }
    value
    freshness {
      acceptedAt
      computedAt
      lagMilliseconds
      state
    }
  }
`);

/** The part of a widget that changes while it is looked at. */
export const liveWidgetFragment = graphql(`
  fragment LiveWidget on Widget {
    id
    windowMinutes
    step
    data {
      ...WidgetData
    }
  }
`);

export const dashboardQuery = graphql(`
  query Dashboard($id: ID!) {
    dashboard(id: $id) {
      id
      name
      widgets {
        ...LiveWidget
        title
        kind
        limit
        metric {
          id
          name
          unit
          aggregation
          eventType
        }
        by
        where {
          dimension
          in
        }
      }
    }
  }
`);

export const widgetUpdatedSubscription = graphql(`
  subscription WidgetUpdated($dashboardId: ID!) {
    widgetUpdated(dashboardId: $dashboardId) {
      widget {
        id
      }
      points {
        at
        value
        count
      }
      groups {
        key
        value
        count
      }
      value
      freshness {
        acceptedAt
        computedAt
        lagMilliseconds
        state
      }
    }
  }
`);
