import { graphql } from '../../generated/index.ts';

export const createRoleMutation = graphql(`
  mutation CreateRole($input: CreateRoleInput!) {
    createRole(input: $input) {
      role {
        id
      }
      userErrors {
        message
        field
      }
    }
  }
`);

export const changeRoleMutation = graphql(`
  mutation ChangeRole($input: ChangeRoleInput!) {
    changeRole(input: $input) {
      role {
        id
        name
        scopes
      }
      userErrors {
        message
        field
      }
    }
  }
`);

export const deleteRoleMutation = graphql(`
  mutation DeleteRole($id: ID!) {
    deleteRole(id: $id) {
      userErrors {
        message
      }
    }
  }
`);
