import { graphql } from '../../generated/index.ts';

export const accountQuery = graphql(`
  query Account {
    viewer {
      id
      name
      email
      isEmailVerified
      mfa {
        isEnabled
        recoveryCodesLeft
      }
      workspace {
        id
      }
      memberships {
        id
        role
        customRole {
          id
          name
        }
        workspace {
          id
          name
        }
      }
    }
  }
`);

export const updateProfileMutation = graphql(`
  mutation UpdateProfile($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      user {
        id
        name
      }
      userErrors {
        message
        field
      }
    }
  }
`);

export const requestEmailChangeMutation = graphql(`
  mutation RequestEmailChange($input: RequestEmailChangeInput!) {
    requestEmailChange(input: $input) {
      userErrors {
        message
        field
      }
    }
  }
`);

export const requestVerificationMutation = graphql(`
  mutation RequestEmailVerification {
    requestEmailVerification {
      userErrors {
        message
      }
    }
  }
`);

export const changePasswordMutation = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      userErrors {
        message
        field
      }
    }
  }
`);

export const requestDeletionMutation = graphql(`
  mutation RequestAccountDeletion($input: OwnPasswordInput!) {
    requestAccountDeletion(input: $input) {
      userErrors {
        message
        field
      }
    }
  }
`);

export const createWorkspaceMutation = graphql(`
  mutation CreateWorkspace($input: WorkspaceInput!) {
    createWorkspace(input: $input) {
      workspace {
        id
      }
      userErrors {
        message
        field
      }
    }
  }
`);
