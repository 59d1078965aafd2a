/** From a command's name to its exit code. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies } from './dependencies.mjs';
import { LaunchError } from './launch-error.mjs';
import { repository, runtime } from './paths.mjs';
import { runScript } from './run-script.mjs';
import { ensureRuntime } from './runtime.mjs';

/** For commands that start services; the others see to what is generated themselves, as steps of their own. */
const generate = 'scripts/generate-code.ts';

/** What each command runs, one after the other, from the repository's root. @type {Record<string, string[]>} */
const commands = {
  start: ['scripts/start.ts'],
  test: ['scripts/test.ts'],
  check: ['scripts/check.ts'],
  compose: ['scripts/compose.ts'],
  gateway: ['gateway/src/index.ts'],
  'bench:gateway': ['bench/gateway/run.ts'],
  'bench:live': [generate, 'bench/live/run.ts'],
  'test:chaos': [generate, 'tests/chaos/index.ts'],
  'bench:events': [generate, 'bench/events/index.ts'],
  'bench:identity': [generate, 'bench/identity/run.ts'],
  'bench:queries': [generate, 'bench/events/queries/index.ts'],
  'fuzz:events': [generate, 'scripts/fuzz.ts'],
};

/** @param {string[]} words */
export async function main([command, ...args]) {
  try {
    const scripts = scriptsOf(command);
    mkdirSync(runtime, { recursive: true });
    const node = await ensureRuntime();
    await ensureDependencies(node);
    process.exitCode = await runInTurn(node, scripts, args);
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/**
 * Until one fails; the arguments are the last one's.
 * @param {string} node
 * @param {string[]} scripts
 * @param {string[]} args
 */
async function runInTurn(node, scripts, args) {
  let code = 0;
  for (const script of scripts) {
    const isLast = script === scripts.at(-1);
    code = await runScript({ node, script, args: isLast ? args : [] });
    if (code !== 0) break;
  }
  return code;
}

/** @param {string | undefined} command */
function scriptsOf(command) {
  const scripts = command && Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!scripts) {
    const names = Object.keys(commands).join('|');
    throw new LaunchError(`Usage: node scripts/launch.mjs <${names}> [arguments]`);
  }
  return scripts.map((script) => join(repository, script));
}
