import { graphql } from '../../generated/index.ts';

export const sourcesQuery = graphql(`
  query Sources($after: String) {
    workspace {
      id
      sources(first: 20, after: $after) {
        edges {
          cursor
          node {
            id
            name
            writeKeyHint
            createdAt
            openDeadLetterCount
            eventsLastMinute
            pipeline {
              id
              version
            }
            freshness {
              acceptedAt
              computedAt
              lagMilliseconds
              state
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
