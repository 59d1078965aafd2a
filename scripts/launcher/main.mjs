/** From a command's name to its exit code. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies } from './dependencies.mjs';
import { LaunchError } from './launch-error.mjs';
import { repository, runtime } from './paths.mjs';
import { runScript } from './run-script.mjs';
import { ensureRuntime } from './runtime.mjs';

/** What each command runs, from the repository's root. @type {Record<string, string>} */
const commands = {
  start: 'scripts/start.ts',
  test: 'scripts/test.ts',
  check: 'scripts/check.ts',
  compose: 'scripts/compose.ts',
  gateway: 'gateway/src/index.ts',
  'bench:gateway': 'bench/gateway/run.ts',
  'bench:live': 'bench/live/run.ts',
  'test:chaos': 'tests/chaos/index.ts',
  'bench:events': 'bench/events/index.ts',
  'bench:identity': 'bench/identity/run.ts',
  'bench:queries': 'bench/events/queries/index.ts',
  'fuzz:events': 'scripts/fuzz.ts',
};

/** @param {string[]} words */
export async function main([command, ...args]) {
  try {
    const script = scriptOf(command);
    mkdirSync(runtime, { recursive: true });
    const node = await ensureRuntime();
    await ensureDependencies(node);
    process.exitCode = await runScript({ node, script, args });
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** @param {string | undefined} command */
function scriptOf(command) {
  const script = command && Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!script) {
    const names = Object.keys(commands).join('|');
    throw new LaunchError(`Usage: node scripts/launch.mjs <${names}> [arguments]`);
  }
  return join(repository, script);
}
