import { graphql } from '../../generated/index.ts';

export const signInMutation = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      session {
        accessToken
        expiresAt
        deviceToken
      }
      secondFactor {
        challenge
      }
      mailSent
      userErrors {
        message
        field
      }
    }
  }
`);

export const completeSignInMutation = graphql(`
  mutation CompleteSignIn($input: CompleteSignInInput!) {
    completeSignIn(input: $input) {
      session {
        accessToken
        expiresAt
        deviceToken
      }
      userErrors {
        message
        field
      }
    }
  }
`);

export const signUpMutation = graphql(`
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) {
      session {
        accessToken
        expiresAt
        deviceToken
      }
      secondFactor {
        challenge
      }
      mailSent
      userErrors {
        message
        field
      }
    }
  }
`);

export const requestPasswordResetMutation = graphql(`
  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
    requestPasswordReset(input: $input) {
      done
      userErrors {
        message
        field
      }
    }
  }
`);
