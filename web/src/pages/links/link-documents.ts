import { graphql } from '../../generated/index.ts';

export const verifyEmailMutation = graphql(`
  mutation VerifyEmail($input: MailedTokenInput!) {
    verifyEmail(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

export const unlockSignInMutation = graphql(`
  mutation UnlockSignIn($input: MailedTokenInput!) {
    unlockSignIn(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

export const confirmEmailChangeMutation = graphql(`
  mutation ConfirmEmailChange($input: MailedTokenInput!) {
    confirmEmailChange(input: $input) {
      state
      userErrors {
        message
      }
    }
  }
`);

export const resetPasswordMutation = graphql(`
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input) {
      userErrors {
        message
        field
      }
    }
  }
`);

export const invitationQuery = graphql(`
  query Invitation($token: String!) {
    invitation(token: $token) {
      workspaceName
      email
      roleName
    }
  }
`);

export const acceptInvitationMutation = graphql(`
  mutation AcceptInvitation($input: MailedTokenInput!) {
    acceptInvitation(input: $input) {
      membership {
        workspace {
          id
        }
      }
      userErrors {
        message
      }
    }
  }
`);
