export { compileCache } from '@tributary/local-stack';
export { createKeyPair } from './keys.ts';
export { type OidcProvider, startOidcProvider } from './oidc-provider.ts';
export { person } from './person.ts';
export { type SubgraphName, subgraphNames } from './subgraph-names.ts';
export { type GraphQLAnswer, type SubgraphProcess, startSubgraph } from './subgraph-process.ts';
export { createTestDatabase, type TestDatabase } from './test-database.ts';
export { createTestKafka } from './test-kafka.ts';
export { createTestRedis } from './test-redis.ts';
