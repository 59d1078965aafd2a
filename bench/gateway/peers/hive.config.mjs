/**
 * Hive Gateway as its documentation has it for speed: in-flight requests shared, both at the door
 * and towards subgraphs (the latter is its default), and its own JWT plugin, which verifies tokens
 * where one is sent. The command line adds `--jit` or `--hive-router-runtime`.
 */
import {
  createRemoteJwksSigningKeyProvider,
  defineConfig,
  extractFromHeader,
} from '@graphql-hive/gateway';

export const gatewayConfig = defineConfig({
  inboundInflightRequestDeduplication: true,
  jwt: {
    signingKeyProviders: [createRemoteJwksSigningKeyProvider({ jwksUri: process.env.JWKS_URL })],
    tokenLookupLocations: [extractFromHeader({ name: 'authorization', prefix: 'Bearer' })],
    tokenVerification: {
      issuer: process.env.TOKEN_ISSUER,
      audience: process.env.TOKEN_AUDIENCE,
      algorithms: ['RS256'],
    },
    reject: { missingToken: false, invalidToken: true },
    forward: { payload: false, token: false },
  },
});
