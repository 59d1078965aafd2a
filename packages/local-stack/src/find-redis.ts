import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Log } from './until-ready.ts';

const run = promisify(execFile);
const servers = ['redis-server', 'valkey-server'];

/**
 * The path of a Redis or Valkey server: one on the PATH, else installed by apt for root on
 * Debian. Rejects with the one command to type where neither works.
 */
export async function findRedis(log: Log): Promise<string> {
  const found = onPath();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) await installByApt(log);
  const installed = onPath();
  if (installed) return installed;
  throw new Error(
    `Tributary needs Redis. Type: ${commandToType()}  (or set REDIS_URL to a server of your own)`,
  );
}

function onPath(): string | undefined {
  const directories = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/bin', '/usr/bin'];
  return directories
    .flatMap((directory) => servers.map((name) => join(directory, name)))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function installByApt(log: Log): Promise<void> {
  log('installing redis-server by apt-get');
  // RUNLEVEL keeps Debian's scripts from starting the service: the stack runs its own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  try {
    // Fails while another process updates the lists too, which serves just as well.
    await run('apt-get', ['update', '-q'], { env }).catch(() => {});
    const patience = ['-o', 'DPkg::Lock::Timeout=120'];
    const what = ['-y', '-q', '--no-install-recommends', 'redis-server'];
    await run('apt-get', ['install', ...patience, ...what], { env });
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    log(`apt-get could not install it: ${stderr?.trim().split('\n').at(-1) ?? error}`);
  }
}

const byPackageManager = [
  ['apt-get', 'sudo apt-get install -y redis-server'],
  ['dnf', 'sudo dnf install -y valkey'],
  ['pacman', 'sudo pacman -S valkey'],
  ['apk', 'sudo apk add redis'],
  ['zypper', 'sudo zypper install redis'],
] as const;

function commandToType(): string {
  if (process.platform === 'darwin') return 'brew install redis';
  if (process.platform === 'win32') return 'winget install Redis.Redis';
  const known = byPackageManager.find(
    ([name]) => existsSync(`/usr/bin/${name}`) || existsSync(`/sbin/${name}`),
  );
  return known?.[1] ?? 'docker run -d -p 6379:6379 redis';
}
