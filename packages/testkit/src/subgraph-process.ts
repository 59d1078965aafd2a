import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPassportSigner, type Principal, passportHeader } from '@tributary/chassis';
import { createSupervisor, freePort } from '@tributary/local-stack';
import { createKeyPair } from './keys.ts';
import { sharedGuard } from './shared-guard.ts';
import type { SubgraphName } from './subgraph-names.ts';

export interface SubgraphOptions {
  database: { url: string };
  redis: { url: string };
  /** More variables, or other values. */
  environment?: Record<string, string>;
}

export interface GraphQLAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: tests read into answers of any shape; a wrong path fails them.
  data: any;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

export interface SubgraphProcess extends AsyncDisposable {
  url: string;
  /** Asks as the gateway would, with a passport for the principal. */
  query(
    principal: Principal,
    document: string,
    variables?: object,
    headers?: Record<string, string>,
  ): Promise<GraphQLAnswer>;
  /** Signs the passports it believes: a gateway's `PASSPORT_PRIVATE_KEY`. */
  passportKey: string;
  /** A passport for requests that a test makes itself. */
  passport(principal: Principal): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** Starts it again after it was killed, on the same port. */
  restart(): Promise<void>;
  log(): Promise<string>;
}

const repository = join(import.meta.dirname, '../../..');

/** Runs a subgraph as its own process, as in production, against real stores. */
export async function startSubgraph(
  name: SubgraphName,
  options: SubgraphOptions,
): Promise<SubgraphProcess> {
  const logDirectory = await mkdtemp(join(tmpdir(), `tributary-${name}-`));
  const supervisor = createSupervisor({ log: () => {}, logDirectory, guard: sharedGuard() });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [passportKeys, tokenKeys] = await Promise.all([createKeyPair(), createKeyPair()]);
  const sign = await createPassportSigner({ privateKey: passportKeys.privateKey });
  const identitySecret = randomBytes(32).toString('base64url');
  const start = () =>
    supervisor.run({
      name,
      script: join(repository, 'subgraphs', name, 'src/index.ts'),
      readyUrl: `${url}/health/ready`,
      restart: false,
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'test',
        LOG_LEVEL: 'info',
        PORT: String(port),
        DATABASE_URL: options.database.url,
        REDIS_URL: options.redis.url,
        EVENT_LOG_URL: options.redis.url,
        PASSPORT_PUBLIC_KEY: passportKeys.publicKey,
        TOKEN_PRIVATE_KEY: tokenKeys.privateKey,
        IDENTITY_SECRET: identitySecret,
        ...options.environment,
      },
    });
  await start();

  return {
    url,
    passportKey: passportKeys.privateKey,
    passport: sign,
    async query(principal, document, variables, headers) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          [passportHeader]: await sign(principal),
          ...headers,
        },
        body: JSON.stringify({ query: document, variables }),
      });
      return (await response.json()) as GraphQLAnswer;
    },
    kill: (signal) => supervisor.kill(name, signal),
    restart: start,
    log: () => readFile(join(logDirectory, `${name}.log`), 'utf8'),
    async [Symbol.asyncDispose]() {
      await supervisor.stopAll();
      await rm(logDirectory, { recursive: true, force: true });
    },
  };
}
