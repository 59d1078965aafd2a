/** Installs the workspace's dependencies when the lockfile is not the one installed last. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentFor } from './environment-for.mjs';
import { withLock } from './lock.mjs';
import { pnpmScript, repository, runtime } from './paths.mjs';
import { step } from './progress.mjs';
import { runQuietly } from './run-quietly.mjs';

const note = join(runtime, 'installed-lockfile.sha256');
const modules = join(repository, 'node_modules', '.modules.yaml');

/** @param {string} node the Node that pnpm and the install scripts run on */
export async function ensureDependencies(node) {
  if (isCurrent()) return;
  await withLock(async () => {
    if (isCurrent()) return;
    const hash = lockfileHash();
    await step('installing dependencies', () => pnpmInstall(node));
    writeFileSync(note, hash);
  });
}

function isCurrent() {
  return existsSync(modules) && existsSync(note) && readFileSync(note, 'utf8') === lockfileHash();
}

function lockfileHash() {
  const lockfile = readFileSync(join(repository, 'pnpm-lock.yaml'));
  return createHash('sha256').update(lockfile).digest('hex');
}

/** @param {string} node */
function pnpmInstall(node) {
  return runQuietly({
    command: node,
    args: [
      pnpmScript,
      'install',
      '--frozen-lockfile',
      '--prefer-offline',
      '--reporter=append-only',
      '--config.confirm-modules-purge=false',
    ],
    cwd: repository,
    env: environmentFor(node),
    needs: 'install the dependencies',
  });
}
