import { graphql } from '../../generated/index.ts';

export const deadLettersQuery = graphql(`
  query DeadLetters($after: String, $status: DeadLetterStatus) {
    workspace {
      id
      deadLetters(first: 20, after: $after, status: $status) {
        edges {
          cursor
          node {
            id
            stage
            field
            reason
            original
            attempts
            status
            lastFailedAt
            source {
              id
              name
            }
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

export const replayDeadLetterMutation = graphql(`
  mutation ReplayDeadLetter($input: ReplayDeadLetterInput!) {
    replayDeadLetter(input: $input) {
      deadLetter {
        id
        status
        attempts
        reason
        field
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);
