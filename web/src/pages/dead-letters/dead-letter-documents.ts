import { graphql } from '../../generated/index.ts';

export const deadLettersQuery = graphql(`
  query DeadLetters($after: String, $status: DeadLetterStatus, $filter: DeadLetterFilter) {
    workspace {
      id
      deadLetters(first: 20, after: $after, status: $status, filter: $filter) {
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
            retryAt
            note
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

export const deadLetterGroupsQuery = graphql(`
  query DeadLetterGroups($status: DeadLetterStatus) {
    workspace {
      id
      deadLetterGroups(status: $status) {
        source {
          id
          name
        }
        stage
        field
        cause
        count
        firstFailedAt
        lastFailedAt
      }
    }
  }
`);

export const replayDeadLettersMutation = graphql(`
  mutation ReplayDeadLetters($input: ReplayDeadLettersInput!) {
    replayDeadLetters(input: $input) {
      replayed
      stillBad
      hasMore
      userErrors {
        code
        message
        field
      }
    }
  }
`);

export const discardDeadLettersMutation = graphql(`
  mutation DiscardDeadLetters($input: DiscardDeadLettersInput!) {
    discardDeadLetters(input: $input) {
      discarded
      userErrors {
        code
        message
        field
      }
    }
  }
`);

export const reviewDeadLetterMutation = graphql(`
  mutation ReviewDeadLetter($input: ReviewDeadLetterInput!) {
    reviewDeadLetter(input: $input) {
      deadLetter {
        id
        status
        note
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);

export const dryRunQuery = graphql(`
  query DryRunDeadLetter($input: ReplayDeadLetterInput!) {
    dryRunDeadLetter(input: $input) {
      event {
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
