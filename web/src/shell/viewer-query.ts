import { graphql } from '../generated/index.ts';

export const viewerQuery = graphql(`
  query Viewer {
    viewer {
      id
      name
      email
      workspace {
        id
        name
        ownScopes
      }
    }
  }
`);
