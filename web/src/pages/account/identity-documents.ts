import { graphql } from '../../generated/index.ts';

export const linkedIdentitiesQuery = graphql(`
  query LinkedIdentities {
    viewer {
      id
      linkedIdentities {
        id
        provider
        email
        linkedAt
      }
    }
    signInProviders {
      id
      name
    }
  }
`);

export const startIdentityLinkMutation = graphql(`
  mutation StartIdentityLink($input: StartIdentityLinkInput!) {
    startIdentityLink(input: $input) {
      ticket
      userErrors {
        message
        field
      }
    }
  }
`);

export const unlinkIdentityMutation = graphql(`
  mutation UnlinkIdentity($id: ID!) {
    unlinkIdentity(id: $id) {
      userErrors {
        message
      }
    }
  }
`);
