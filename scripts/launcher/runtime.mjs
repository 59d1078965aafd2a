/** Sees to the Node that runs Tributary, and to pnpm, both from npm into .runtime. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environmentFor } from './environment-for.mjs';
import { LaunchError } from './launch-error.mjs';
import { withLock } from './lock.mjs';
import { pnpmScript, runtime } from './paths.mjs';
import { step } from './progress.mjs';
import { runQuietly } from './run-quietly.mjs';

const versions = JSON.parse(readFileSync(new URL('versions.json', import.meta.url), 'utf8'));
/** @type {{ node: string, pnpm: string }} */
const { node: wantedNode, pnpm: wantedPnpm } = versions;

const isWindows = process.platform === 'win32';
const ownNode = join(runtime, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node');

/** @returns {Promise<string>} the path of the Node to run everything with */
export async function ensureRuntime() {
  if (!isComplete()) {
    await withLock(async () => {
      if (!isComplete()) await install();
    });
  }
  return machineNodeIsNew() ? process.execPath : ownNode;
}

const machineNodeIsNew = () => majorOf(process.versions.node) >= Number(wantedNode);
const hasOwnNode = () => existsSync(ownNode) && majorOf(installed('node')) === Number(wantedNode);
const hasPnpm = () => existsSync(pnpmScript) && installed('pnpm') === wantedPnpm;
const isComplete = () => hasPnpm() && (machineNodeIsNew() || hasOwnNode());

async function install() {
  const needsNode = !machineNodeIsNew();
  const what = needsNode
    ? `installing Node ${wantedNode} (this machine has ${process.versions.node}) and pnpm`
    : 'installing pnpm';
  await step(what, async () => {
    writeManifest(needsNode || hasOwnNode());
    await npmInstall();
    if (needsNode && !hasOwnNode()) await installNodeByHand();
  });
}

/** npm 11 runs install scripts only where the manifest allows them; Node's fetches its binary. */
function writeManifest(/** @type {boolean} */ withNode) {
  const manifest = {
    private: true,
    description: 'Written by scripts/launch.mjs',
    dependencies: { pnpm: wantedPnpm, ...(withNode && { node: wantedNode }) },
    allowScripts: { node: true },
  };
  writeFileSync(join(runtime, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

function npmInstall() {
  const args = ['install', '--no-audit', '--no-fund', '--no-update-notifier'];
  return runQuietly({ command: npm(), args, cwd: runtime, needs: 'install Node and pnpm' });
}

/** Where install scripts are switched off, the one of the `node` package is run by its name. */
async function installNodeByHand() {
  await runQuietly({
    command: process.execPath,
    args: ['installArchSpecificPackage.js'],
    cwd: join(runtime, 'node_modules', 'node'),
    env: environmentFor(process.execPath),
    needs: 'install Node',
  });
  if (hasOwnNode()) return;
  throw new LaunchError(
    `npm has no Node ${wantedNode} for ${process.platform}-${process.arch}. ` +
      `Install Node ${wantedNode} or newer from https://nodejs.org and run it again.`,
  );
}

/** The npm that came with this Node, else the one on the PATH. */
function npm() {
  const name = isWindows ? 'npm.cmd' : 'npm';
  const beside = join(dirname(process.execPath), name);
  return existsSync(beside) ? beside : name;
}

/** The version of a package in .runtime; 0 when it is not there. @param {string} name */
function installed(name) {
  try {
    const manifest = readFileSync(join(runtime, 'node_modules', name, 'package.json'), 'utf8');
    return /** @type {string} */ (JSON.parse(manifest).version);
  } catch {
    return '0';
  }
}

/** @param {string} version */
const majorOf = (version) => Number.parseInt(version, 10);
