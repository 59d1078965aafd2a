import { graphql } from '../generated/index.ts';

export const dashboardsQuery = graphql(`
  query Dashboards {
    workspace {
      id
      dashboards(first: 50) {
        edges {
          node {
            id
            name
          }
        }
      }
    }
  }
`);
