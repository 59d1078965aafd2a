/** The services of the platform and what each is told when it starts. */
import { join } from 'node:path';
import type { DatabaseName } from '@tributary/prisma/migrate';
import type { Secrets } from './secrets.ts';

export type ServiceName = DatabaseName | 'gateway';

export interface ServiceDefinition {
  name: ServiceName;
  /** Relative to the repository. */
  script: string;
}

/** In the order in which they start; they end the other way round. */
export const services: readonly ServiceDefinition[] = [
  { name: 'users', script: 'subgraphs/users/src/index.ts' },
  { name: 'processing', script: 'subgraphs/processing/src/index.ts' },
  { name: 'analytics', script: 'subgraphs/analytics/src/index.ts' },
  { name: 'notifications', script: 'subgraphs/notifications/src/index.ts' },
  { name: 'gateway', script: 'gateway/src/index.ts' },
];

export interface StackFacts {
  repository: string;
  /** Where everything that outlives a run is kept. */
  home: string;
  /** Where people reach the gateway. */
  publicUrl: string;
  redisUrl: string;
  databaseUrl(name: DatabaseName): string;
  ports: Record<ServiceName, number>;
  secrets: Secrets;
  logLevel: string;
  /** The account that a new, empty stack starts with. */
  demo?: { email: string; password: string } | undefined;
  smtpUrl?: string | undefined;
  /** What the stack itself was started with; services see it too, secrets of others excepted. */
  environment: NodeJS.ProcessEnv;
}

/** The environment of one service: what was set outside, overridden by what the stack decides. */
export function serviceEnvironment(name: ServiceName, facts: StackFacts): NodeJS.ProcessEnv {
  return { ...inherited(facts.environment), ...common(name, facts), ...own[name](facts) };
}

export const serviceUrl = (name: ServiceName, { ports }: Pick<StackFacts, 'ports'>): string =>
  `http://127.0.0.1:${ports[name]}`;

/** Each is for one service, or for the stack itself. */
const notInherited = [
  'DATABASE_URL',
  'DEMO_EMAIL',
  'DEMO_PASSWORD',
  'IDENTITY_SECRET',
  'KAFKA_SOURCES',
  'OIDC_PROVIDERS',
  'PASSPORT_PRIVATE_KEY',
  'POSTGRES_URL',
  'SMTP_URL',
  'TOKEN_PRIVATE_KEY',
];

function inherited(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const entries = Object.entries(environment).filter(([key]) => !notInherited.includes(key));
  return Object.fromEntries(entries);
}

const common = (name: ServiceName, facts: StackFacts): NodeJS.ProcessEnv => ({
  PORT: String(facts.ports[name]),
  HOST: '127.0.0.1',
  LOG_LEVEL: facts.logLevel,
  NODE_ENV: facts.environment.NODE_ENV ?? 'development',
  REDIS_URL: facts.redisUrl,
  EVENT_LOG_URL: facts.environment.EVENT_LOG_URL ?? facts.redisUrl,
  PASSPORT_PUBLIC_KEY: JSON.stringify(facts.secrets.passport.publicKey),
});

const own: Record<ServiceName, (facts: StackFacts) => NodeJS.ProcessEnv> = {
  users: (facts) => ({
    DATABASE_URL: facts.databaseUrl('users'),
    TOKEN_PRIVATE_KEY: JSON.stringify(facts.secrets.token.privateKey),
    IDENTITY_SECRET: facts.secrets.identity,
    PUBLIC_URL: facts.publicUrl,
    OIDC_PROVIDERS: facts.environment.OIDC_PROVIDERS,
    ...(facts.demo && { DEMO_EMAIL: facts.demo.email, DEMO_PASSWORD: facts.demo.password }),
  }),
  processing: (facts) => ({
    DATABASE_URL: facts.databaseUrl('processing'),
    KAFKA_SOURCES: facts.environment.KAFKA_SOURCES,
    IMPORT_DIRECTORY: join(facts.home, 'imports'),
  }),
  analytics: (facts) => ({ DATABASE_URL: facts.databaseUrl('analytics') }),
  notifications: (facts) => ({
    DATABASE_URL: facts.databaseUrl('notifications'),
    PUBLIC_URL: facts.publicUrl,
    ...(facts.smtpUrl && { SMTP_URL: facts.smtpUrl }),
  }),
  gateway: (facts) => ({
    PASSPORT_PRIVATE_KEY: JSON.stringify(facts.secrets.passport.privateKey),
    JWKS_URL: `${serviceUrl('users', facts)}/.well-known/jwks.json`,
    USERS_URL: serviceUrl('users', facts),
    PROCESSING_URL: serviceUrl('processing', facts),
    ANALYTICS_URL: serviceUrl('analytics', facts),
    NOTIFICATIONS_URL: serviceUrl('notifications', facts),
    INGEST_URL: serviceUrl('processing', facts),
    EXPORT_URL: serviceUrl('analytics', facts),
    TOKEN_ISSUER: facts.publicUrl,
    SUPERGRAPH: join(facts.repository, 'schema', 'supergraph.graphql'),
    WEB_DIRECTORY: join(facts.repository, 'web', 'dist'),
  }),
};
