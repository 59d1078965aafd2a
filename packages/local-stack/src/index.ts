export { compileCache } from './compile-cache.ts';
export { findKafka } from './find-kafka.ts';
export { findRedis } from './find-redis.ts';
export { assertPortFree, freePort, freePorts } from './free-port.ts';
export { type KafkaOptions, type KafkaServer, startKafka } from './kafka.ts';
export { type OrphanGuard, startOrphanGuard } from './orphan-guard.ts';
export { type Postgres, type PostgresOptions, startPostgres } from './postgres.ts';
export {
  createSupervisor,
  type ServiceProcess,
  type Supervisor,
  type SupervisorOptions,
} from './process-supervisor.ts';
export { type RedisOptions, type RedisServer, startRedis } from './redis.ts';
export {
  createIdentitySecret,
  createKeyPair,
  type KeyPair,
  loadOrCreateSecrets,
  type Secrets,
} from './secrets.ts';
export {
  type ServiceDefinition,
  type ServiceName,
  type StackFacts,
  serviceEnvironment,
  services,
} from './services.ts';
export { type Stack, type StackOptions, startStack } from './stack.ts';
export { startFoundKafka } from './start-found-kafka.ts';
