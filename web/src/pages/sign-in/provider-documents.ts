import { graphql } from '../../generated/index.ts';

export const signInProvidersQuery = graphql(`
  query SignInProviders {
    signInProviders {
      id
      name
    }
  }
`);

export const rememberDeviceMutation = graphql(`
  mutation RememberDevice {
    rememberDevice {
      deviceToken
    }
  }
`);
