/**
 * node scripts/launch.mjs <start|test|check|compose> [arguments]
 *
 * Runs scripts/<command>.ts on any machine that has Node 18 or newer: sees to Node 24, pnpm and the
 * dependencies first. Plain JavaScript without dependencies, for there may be none yet; this file
 * keeps to syntax that older Nodes can read, so that they can say what they lack.
 */
const [major] = process.versions.node.split('.').map(Number);

if (major < 18) {
  console.error(
    'Tributary needs Node 18 or newer to start; this is Node ' +
      process.versions.node +
      '.\n' +
      'Install a current one from https://nodejs.org, or type: npx --yes node@24 scripts/launch.mjs start',
  );
  process.exit(1);
}

import('./launcher/main.mjs').then(({ main }) => main(process.argv.slice(2)));
