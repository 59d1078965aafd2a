#!/usr/bin/env node
/**
 * `npx tributary …` on any Node: the command line is TypeScript, which Node 24 reads as it is, so an
 * older one hands over to the Node that the start command fetched. Plain JavaScript for that reason.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const fetched = fileURLToPath(new URL('../../../.runtime/node_modules/.bin/node', import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import(main);
} else if (existsSync(fetched)) {
  const { status } = spawnSync(fetched, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} else {
  console.error(
    `This needs Node 24; this is ${process.versions.node}. \`npm run check\` fetches one, once.`,
  );
  process.exitCode = 1;
}
