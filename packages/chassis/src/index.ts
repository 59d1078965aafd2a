export { type ApiKey, isApiKey, isSecretOf, newApiKey, parseApiKey } from './api-key.ts';
export {
  type Action,
  authorise,
  authoriseAny,
  authoriseUser,
  isAction,
  meetsPolicy,
  requireFreshMfa,
  requireKnown,
  requireUser,
} from './authorise.ts';
export { addressHeader, agentHeader, type ClientFacts, readClientFacts } from './client-facts.ts';
export { type Connection, type Cursor, type Page, toConnection, toPage } from './connection.ts';
export { createDatabasePool } from './database.ts';
export {
  ed25519Key,
  loadEnvironment,
  serviceEnvironment,
  subgraphEnvironment,
} from './environment.ts';
export { jsonSetting } from './json-setting.ts';
export { rowsAfter } from './keyset.ts';
export { createLogger, type Logger } from './logger.ts';
export { type Loop, startLoop } from './loop.ts';
export {
  createPassportSigner,
  createPassportVerifier,
  type PassportSigner,
  type PassportVerifier,
  passportHeader,
} from './passport.ts';
export { type AccessExplanation, explainAccess } from './policies/explain-access.ts';
export { type Classification, type Facts, factsOf } from './policies/facts.ts';
export { isAddressIn } from './policies/is-address-in.ts';
export type { PolicySet } from './policies/policy-set.ts';
export {
  type AnonymousPrincipal,
  type ClientPrincipal,
  type KnownPrincipal,
  type Principal,
  type Scope,
  scopes,
  type UserPrincipal,
} from './principal.ts';
export { principalKey } from './principal-key.ts';
export { principalOfRequest } from './principal-of-request.ts';
export { createRedis } from './redis.ts';
export { refuseStart } from './refuse-start.ts';
export {
  type Revocation,
  revocationMemoryMilliseconds,
  revocationSchema,
  revocationsChannel,
  revocationsKey,
} from './revocation.ts';
export { createRowLoader, createRowsLoader } from './row-loader.ts';
export { createService, type Service } from './service.ts';
export { mountSubgraph, type RequestFacts, type SubgraphContext } from './subgraph.ts';
export { transaction } from './transaction.ts';
export { withoutFormula } from './without-formula.ts';
