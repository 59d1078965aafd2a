/**
 * PostgreSQL refuses to run as root, so for root it runs as the user `postgres`, made when the
 * machine has none. When that user cannot reach the files (a home below /root), it is given the one
 * capability that opens directories, instead of anybody's permissions being changed.
 */
import { execFileSync } from 'node:child_process';
import { chownSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Account {
  /** The command and arguments that run `command` under this account. */
  run(command: string, args: string[]): { command: string; args: string[] };
  own(path: string): void;
}

const ourselves: Account = { run: (command, args) => ({ command, args }), own: () => {} };

/** The account to run the server under; `paths` is what it has to reach. */
export function postgresAccount(paths: string[]): Account {
  if (process.getuid?.() !== 0) return ourselves;
  const { uid, gid } = idsOf('postgres') ?? createUser('postgres');
  const mode = paths.every(isOpenToAll) ? [] : mayEnterAnyDirectory;
  const change = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...mode];
  return {
    run: (command, args) => ({ command: 'setpriv', args: [...change, command, ...args] }),
    own: (path) => chownSync(path, uid, gid),
  };
}

const mayEnterAnyDirectory = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];

function idsOf(user: string): { uid: number; gid: number } | undefined {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: 'pipe' }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

function createUser(user: string): { uid: number; gid: number } {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', user]);
  } catch (cause) {
    throw new Error(
      `PostgreSQL does not run as root, and the user "${user}" cannot be created. Run Tributary as ` +
        'another user, or set POSTGRES_URL and REDIS_URL to servers of your own.',
      { cause },
    );
  }
  const ids = idsOf(user);
  if (ids === undefined) throw new Error(`The new user "${user}" cannot be found.`);
  return ids;
}

/** Whether every directory above may be entered by anybody. */
function isOpenToAll(path: string): boolean {
  for (let above = dirname(path); ; above = dirname(above)) {
    if ((statSync(above).mode & constants.S_IXOTH) === 0) return false;
    if (above === dirname(above)) return true;
  }
}
