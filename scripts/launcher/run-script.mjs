import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { environmentFor } from './environment-for.mjs';
import { repository } from './paths.mjs';

/**
 * Runs a script in the foreground; answers its exit code, 128 + n after signal n.
 * @param {{ node: string, script: string, args: string[] }} options
 * @returns {Promise<number>}
 */
export function runScript({ node, script, args }) {
  const preload = new URL('exit-with-launcher.mjs', import.meta.url).href;
  const child = spawn(node, ['--import', preload, script, ...args], {
    cwd: repository,
    env: { ...environmentFor(node), TRIBUTARY_LAUNCHER: String(process.pid) },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  handOnSignals(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      resolve(signal ? 128 + constants.signals[signal] : (code ?? 1)),
    );
  });
}

/**
 * In a terminal, Ctrl-C and hanging up reach the whole process group: the script has had its signal
 * already, and this process only has to stay until it is done.
 * @param {import('node:child_process').ChildProcess} child
 */
function handOnSignals(child) {
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGHUP'])) {
    process.on(signal, () => {
      if (!process.stdin.isTTY) child.kill(signal);
    });
  }
}
