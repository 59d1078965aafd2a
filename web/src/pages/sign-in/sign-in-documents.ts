import { graphql } from '../../generated/index.ts';

/** What opens a session in this page, whichever way somebody signed in. */
graphql(`
  fragment SignedIn on SignedInSession {
    accessToken
    expiresAt
    deviceToken
  }
`);

export const signInMutation = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      session {
        ...SignedIn
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
        ...SignedIn
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
        ...SignedIn
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
