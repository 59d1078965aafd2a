import { graphql } from '../../generated/index.ts';

export const sessionsQuery = graphql(`
  query Sessions {
    sessions {
      id
      device
      address
      createdAt
      lastUsedAt
      isCurrent
    }
  }
`);

export const endSessionMutation = graphql(`
  mutation EndSession($id: ID!) {
    endSession(id: $id) {
      endedSessions
      userErrors {
        message
      }
    }
  }
`);

export const endOtherSessionsMutation = graphql(`
  mutation EndOtherSessions {
    endOtherSessions {
      endedSessions
      userErrors {
        message
      }
    }
  }
`);
