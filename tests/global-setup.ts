/** One whole platform for the tests of a run, with a real mail server. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startStack } from '@tributary/local-stack';
import { startOidcProvider } from '@tributary/testkit';
import type { TestProject } from 'vitest/node';
import { startMailServer } from './support/mail-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the platform that the tests share. */
    stackUrl: string;
    /** Redis of the shared platform. */
    redisUrl: string;
    /** Where the services of the shared platform write their logs. */
    logDirectory: string;
    /** Connection URL of the analytics database of the shared platform. */
    analyticsDatabaseUrl: string;
    /** A folder with every mail that was delivered, a file each. */
    mailDirectory: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'tributary-system-'));
  const mail = await startMailServer({
    directory: join(directory, 'mail'),
    port: await freePort(),
  });
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;
  const provider = await startOidcProvider({ id: 'acme', publicUrl, trustEmail: true });
  const stack = await startStack({
    home: directory,
    port,
    environment: { ...process.env, OIDC_PROVIDERS: JSON.stringify([provider.settings]) },
    smtpUrl: mail.url,
    logLevel: 'debug',
    postgresSettings: { fsync: 'off' },
  });
  project.provide('stackUrl', stack.url);
  project.provide('redisUrl', stack.redisUrl);
  project.provide('logDirectory', join(directory, 'logs'));
  project.provide('analyticsDatabaseUrl', stack.databaseUrl('analytics'));
  project.provide('mailDirectory', mail.directory);
  return async () => {
    await stack.stop();
    await provider[Symbol.asyncDispose]();
    await mail.stop();
    await rm(directory, { recursive: true, force: true });
  };
}
