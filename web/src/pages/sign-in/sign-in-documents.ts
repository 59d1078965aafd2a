import { graphql } from '../../generated/index.ts';

export const signInMutation = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      session {
        accessToken
        expiresAt
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
      }
      userErrors {
        message
        field
      }
    }
  }
`);
