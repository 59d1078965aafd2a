import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { compileCache, createKeyPair } from '@tributary/testkit';

const script = join(import.meta.dirname, '../src/index.ts');

/** Starts the service in an environment in which it is to end by itself. */
export async function runToEnd(environment: Record<string, string>) {
  const [passport, token] = await Promise.all([createKeyPair(), createKeyPair()]);
  const child = spawn(process.execPath, [script], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 30_000,
    env: {
      ...compileCache,
      PATH: process.env.PATH,
      PORT: '0',
      PASSPORT_PUBLIC_KEY: passport.publicKey,
      TOKEN_PRIVATE_KEY: token.privateKey,
      IDENTITY_SECRET: 'A'.repeat(43),
      ...environment,
    },
  });
  const [stderr, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { stderr, exitCode };
}
