import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const directory = join(import.meta.dirname, '../peers');

/**
 * Installs the gateways to compare with, some 950 packages, from the npm registry; does nothing when
 * they are there in the versions asked for. Rejects when the registry does not give them.
 */
export async function installPeers(): Promise<void> {
  if (await areInstalled()) return;
  console.log('  installing the gateways to compare with, once (about 700 MB) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const flags = ['--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts'];
  const child = spawn(npm, ['install', ...flags], {
    cwd: directory,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`npm install in bench/gateway/peers ended with code ${code}.`);
}

async function areInstalled(): Promise<boolean> {
  const { dependencies } = await readManifest(join(directory, 'package.json'));
  const wanted = Object.entries(dependencies ?? {});
  const installed = await Promise.all(wanted.map(([name]) => peerVersion(name).catch(() => '')));
  return wanted.every(([, version], index) => installed[index] === version);
}

/** The installed version of a peer. */
export async function peerVersion(name: string): Promise<string> {
  const { version } = await readManifest(join(directory, 'node_modules', name, 'package.json'));
  return version ?? '';
}

interface Manifest {
  version?: string;
  dependencies?: Record<string, string>;
}

const readManifest = async (path: string): Promise<Manifest> =>
  JSON.parse(await readFile(path, 'utf8'));
