import { graphql } from '../../generated/index.ts';

export const membersQuery = graphql(`
  query Members($after: String) {
    workspace {
      id
      members(first: 50, after: $after) {
        edges {
          node {
            id
            role
            customRole {
              id
              name
            }
            joinedAt
            user {
              id
              name
              email
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      invitations {
        id
        email
        role
        customRole {
          id
          name
        }
        expiresAt
      }
      ownScopes
      customRoles {
        id
        name
        scopes
      }
    }
  }
`);

export const inviteMemberMutation = graphql(`
  mutation InviteMember($input: InviteMemberInput!) {
    inviteMember(input: $input) {
      link
      userErrors {
        message
        field
      }
    }
  }
`);

export const withdrawInvitationMutation = graphql(`
  mutation WithdrawInvitation($id: ID!) {
    withdrawInvitation(id: $id) {
      userErrors {
        message
      }
    }
  }
`);

export const changeMemberRoleMutation = graphql(`
  mutation ChangeMemberRole($input: ChangeMemberRoleInput!) {
    changeMemberRole(input: $input) {
      membership {
        id
        role
        customRole {
          id
          name
        }
      }
      userErrors {
        message
      }
    }
  }
`);

export const removeMemberMutation = graphql(`
  mutation RemoveMember($id: ID!) {
    removeMember(membershipId: $id) {
      userErrors {
        message
      }
    }
  }
`);
