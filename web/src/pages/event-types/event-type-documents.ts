import { graphql } from '../../generated/index.ts';

export const eventTypesQuery = graphql(`
  query EventTypes {
    workspace {
      id
      eventTypes {
        id
        name
        version
        jsonSchema
        registeredAt
      }
      sources(first: 100) {
        edges {
          node {
            id
            name
            unknownTypes
          }
        }
      }
    }
  }
`);

export const checkEventTypeQuery = graphql(`
  query CheckEventType($input: RegisterEventTypeInput!) {
    checkEventType(input: $input) {
      breakingChanges {
        path
        message
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);

export const inferEventTypeQuery = graphql(`
  query InferEventType($input: InferEventTypeInput!) {
    inferEventType(input: $input) {
      jsonSchema
      exampleCount
      userErrors {
        code
        message
        field
      }
    }
  }
`);

export const registerEventTypeMutation = graphql(`
  mutation RegisterEventType($input: RegisterEventTypeInput!) {
    registerEventType(input: $input) {
      eventType {
        id
        name
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

export const changeSourceMutation = graphql(`
  mutation ChangeSource($input: ChangeSourceInput!) {
    changeSource(input: $input) {
      source {
        id
        unknownTypes
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);
