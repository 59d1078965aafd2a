import { spawn } from 'node:child_process';
import { LaunchError } from './launch-error.mjs';

const unreachable = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/;

/** What an outer `npm start` sets for itself and an inner npm or pnpm would take for its own. */
const outer = /^npm_(lifecycle|package|config_(loglevel|(local_|global_)?prefix)|execpath|command)/;

/** A registry that is away is said within seconds instead of a minute. */
const impatience = {
  npm_config_fetch_retries: '2',
  npm_config_fetch_retry_mintimeout: '1000',
  npm_config_fetch_retry_maxtimeout: '5000',
};

/**
 * Runs a program whose output matters only when it fails.
 * @param {{ command: string, args: string[], cwd: string, env?: NodeJS.ProcessEnv, needs: string }} options
 *   `needs` ends the sentence "the registry cannot be reached, which is needed to …".
 * @returns {Promise<void>}
 */
export async function runQuietly({ command, args, cwd, env = process.env, needs }) {
  const { code, output } = await capture(command, args, cwd, env);
  if (code === 0) return;
  if (unreachable.test(output)) {
    throw new LaunchError(
      `The npm registry cannot be reached, which is needed to ${needs}. Check the network and run it again.`,
    );
  }
  throw new LaunchError(`${[command, ...args].join(' ')} failed:\n${output.trimEnd()}`);
}

/**
 * @param {string} command @param {string[]} args @param {string} cwd @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function capture(command, args, cwd, env) {
  const own = Object.fromEntries(Object.entries(env).filter(([key]) => !outer.test(key)));
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...impatience, ...own },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Only npm, whose arguments are our own, is a batch file there.
      shell: process.platform === 'win32' && command.endsWith('.cmd'),
    });
    let output = '';
    const collect = (/** @type {Buffer} */ chunk) => (output += chunk);
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('close', (code) => resolve({ code, output }));
    child.once('error', (error) =>
      reject(new LaunchError(`${command} cannot be run: ${error.message}`)),
    );
  });
}
