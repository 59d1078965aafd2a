import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Node, pnpm and notes of our own; git ignores it, and it may be deleted at any time. */
export const runtime = join(repository, '.runtime');

export const pnpmScript = join(runtime, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs');
