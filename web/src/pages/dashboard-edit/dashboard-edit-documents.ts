import { graphql } from '../../generated/index.ts';

// Declared for the code generator, which puts them into the documents below.
graphql(`
  fragment EditedDashboard on Dashboard {
    id
    name
    widgets {
      id
      title
      kind
      windowMinutes
      step
      limit
      minimumCount
      by
      where {
        dimension
        in
      }
      metric {
        id
        name
      }
    }
  }
`);

graphql(`
  fragment ChangedDashboard on ChangeDashboardPayload {
    dashboard {
      ...EditedDashboard
    }
    userErrors {
      message
      field
    }
  }
`);

export const editedDashboardQuery = graphql(`
  query EditedDashboard($id: ID!) {
    dashboard(id: $id) {
      ...EditedDashboard
    }
  }
`);

export const renameDashboardMutation = graphql(`
  mutation RenameDashboard($input: RenameDashboardInput!) {
    renameDashboard(input: $input) {
      dashboard {
        id
        name
      }
      userErrors {
        message
        field
      }
    }
  }
`);

export const deleteDashboardMutation = graphql(`
  mutation DeleteDashboard($id: ID!) {
    deleteDashboard(input: { id: $id }) {
      deletedId
      userErrors {
        message
      }
    }
  }
`);

export const addWidgetMutation = graphql(`
  mutation AddWidget($input: AddWidgetInput!) {
    addWidget(input: $input) {
      ...ChangedDashboard
    }
  }
`);

export const changeWidgetMutation = graphql(`
  mutation ChangeWidget($input: ChangeWidgetInput!) {
    changeWidget(input: $input) {
      ...ChangedDashboard
    }
  }
`);

export const removeWidgetMutation = graphql(`
  mutation RemoveWidget($id: ID!) {
    removeWidget(input: { id: $id }) {
      ...ChangedDashboard
    }
  }
`);

export const orderWidgetsMutation = graphql(`
  mutation OrderWidgets($input: OrderWidgetsInput!) {
    orderWidgets(input: $input) {
      ...ChangedDashboard
    }
  }
`);
