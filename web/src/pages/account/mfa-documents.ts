import { graphql } from '../../generated/index.ts';

export const startMfaMutation = graphql(`
  mutation StartMfaEnrolment($input: OwnPasswordInput!) {
    startMfaEnrolment(input: $input) {
      enrolment {
        secret
        qrCode
      }
      userErrors {
        message
        field
      }
    }
  }
`);

export const confirmMfaMutation = graphql(`
  mutation ConfirmMfaEnrolment($input: CodeInput!) {
    confirmMfaEnrolment(input: $input) {
      recoveryCodes
      userErrors {
        message
        field
      }
    }
  }
`);

export const disableMfaMutation = graphql(`
  mutation DisableMfa {
    disableMfa {
      userErrors {
        message
      }
    }
  }
`);

export const replaceRecoveryCodesMutation = graphql(`
  mutation ReplaceRecoveryCodes {
    replaceRecoveryCodes {
      recoveryCodes
      userErrors {
        message
      }
    }
  }
`);
