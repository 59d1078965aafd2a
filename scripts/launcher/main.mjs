/** From a command's name to its exit code. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies } from './dependencies.mjs';
import { LaunchError } from './launch-error.mjs';
import { repository, runtime } from './paths.mjs';
import { runScript } from './run-script.mjs';
import { ensureRuntime } from './runtime.mjs';

const commands = ['start', 'test', 'check', 'compose'];

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
  if (!command || !commands.includes(command)) {
    throw new LaunchError(`Usage: node scripts/launch.mjs <${commands.join('|')}> [arguments]`);
  }
  const script = join(repository, 'scripts', `${command}.ts`);
  if (!existsSync(script)) throw new LaunchError(`There is no scripts/${command}.ts.`);
  return script;
}
