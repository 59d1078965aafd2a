import { delimiter, dirname, join } from 'node:path';
import { runtime } from './paths.mjs';

/**
 * The environment in which `node`, `pnpm` and our own tools are the ones chosen here.
 * @param {string} node
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentFor(node) {
  const bin = join(runtime, 'node_modules', '.bin');
  // Windows spells the variable `Path`; setting `PATH` beside it would make two.
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const path = [dirname(node), bin, process.env[name] ?? ''].join(delimiter);
  return { ...process.env, [name]: path };
}
