import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test, vi } from 'vitest';
import versions from './versions.json' with { type: 'json' };

vi.setConfig({ testTimeout: 60_000 });

const scripts = join(import.meta.dirname, '..');

/** What `check` does in these tests, by its first argument. */
const check = `
import { spawn } from 'node:child_process';
import { endTogether } from './end-together.ts';

const [what, value]: string[] = process.argv.slice(2);
if (what === 'exit') process.exit(Number(value));
if (what === 'wait') {
  process.on('SIGTERM', () => process.exit(42));
  setInterval(() => {}, 1000);
  console.log(process.pid);
}
if (what === 'run') {
  const child = spawn(process.execPath, ['-e', 'console.log(process.pid); setTimeout(() => {}, 60_000)'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  endTogether(child);
}
`;

/** pnpm as the launcher sees it: a program that fills node_modules, or fails. */
const pnpm = `
const { appendFileSync, existsSync, mkdirSync, writeFileSync } = require('node:fs');
if (existsSync('offline')) { console.log('ENOTFOUND registry'); process.exit(1); }
appendFileSync('installs', process.argv.slice(2, 4).join(' ') + '\\n');
mkdirSync('node_modules', { recursive: true });
writeFileSync('node_modules/.modules.yaml', '');
`;

async function repository() {
  const path = await mkdtemp(join(tmpdir(), 'tributary-launch-'));
  const write = async (file: string, content: string) => {
    await mkdir(join(path, file, '..'), { recursive: true });
    await writeFile(join(path, file), content);
  };
  await cp(join(scripts, 'launch.mjs'), join(path, 'scripts/launch.mjs'));
  await cp(join(scripts, 'launcher'), join(path, 'scripts/launcher'), { recursive: true });
  await cp(join(scripts, 'end-together.ts'), join(path, 'scripts/end-together.ts'));
  await write('scripts/check.ts', check);
  await write('pnpm-lock.yaml', 'first');
  await write('.runtime/node_modules/pnpm/package.json', `{ "version": "${versions.pnpm}" }`);
  await write('.runtime/node_modules/pnpm/bin/pnpm.cjs', pnpm);
  return {
    write,
    installs: () => readFile(join(path, 'installs'), 'utf8'),
    launch: (...args: string[]) =>
      spawn(process.execPath, [join(path, 'scripts/launch.mjs'), ...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

async function ended(child: ChildProcess) {
  let said = '';
  child.stderr?.on('data', (chunk) => (said += chunk));
  child.stdout?.resume();
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, said };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The child has no output.');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('The child ended without a word.');
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('dependencies are installed once per lockfile, and nothing is said when nothing is to do', async () => {
  await using repo = await repository();
  const first = await ended(repo.launch('check', 'exit', '0'));
  expect(first.said).toMatch(/^ {2}installing dependencies … \d+\.\d s\n$/);
  expect(await ended(repo.launch('check', 'exit', '0'))).toEqual({ code: 0, said: '' });

  await repo.write('pnpm-lock.yaml', 'second');
  await ended(repo.launch('check', 'exit', '0'));
  expect(await repo.installs()).toBe('install --frozen-lockfile\n'.repeat(2));
});

test('launchers started together install once', async () => {
  await using repo = await repository();
  const both = [repo.launch('check', 'exit', '0'), repo.launch('check', 'exit', '0')];
  expect((await Promise.all(both.map(ended))).map(({ code }) => code)).toEqual([0, 0]);
  expect(await repo.installs()).toBe('install --frozen-lockfile\n');
});

test('a lock whose owner died does not hold anybody up', async () => {
  await using repo = await repository();
  const { pid } = repo.launch('nothing');
  await vi.waitUntil(() => !isAlive(pid ?? 0));
  await repo.write(`.runtime/lock/${pid}`, '');
  expect((await ended(repo.launch('check', 'exit', '0'))).code).toBe(0);
});

test('without a network, one line says what could not be installed', async () => {
  await using repo = await repository();
  await repo.write('offline', '');
  const { code, said } = await ended(repo.launch('check', 'exit', '0'));
  expect(code).toBe(1);
  expect(said.split('\n').slice(1)).toEqual([
    'The npm registry cannot be reached, which is needed to install the dependencies. Check the network and run it again.',
    '',
  ]);
});

test('the exit code of the script is the launcher’s', async () => {
  await using repo = await repository();
  expect((await ended(repo.launch('check', 'exit', '7'))).code).toBe(7);
});

test('what a command needs is generated first, and where that fails the command is not run', async () => {
  await using repo = await repository();
  await repo.write('scripts/generate-code.ts', `console.error('generated');`);
  await repo.write('scripts/fuzz.ts', `console.error('fuzzed', process.argv[2]);`);
  const { said, code } = await ended(repo.launch('fuzz:events', '7'));
  expect(said.split('\n').slice(1)).toEqual(['generated', 'fuzzed 7', '']);
  expect(code).toBe(0);

  await repo.write('scripts/generate-code.ts', 'process.exit(3);');
  expect(await ended(repo.launch('fuzz:events'))).toEqual({ code: 3, said: '' });
});

test('SIGTERM reaches the script, whose exit code counts', async () => {
  await using repo = await repository();
  const launcher = repo.launch('check', 'wait');
  await firstLine(launcher);
  launcher.kill('SIGTERM');
  expect((await ended(launcher)).code).toBe(42);
});

test.for([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends what the script runs before the script', async ([signal, code]) => {
  await using repo = await repository();
  const launcher = repo.launch('check', 'run');
  const child = Number(await firstLine(launcher));
  launcher.kill(signal);
  expect((await ended(launcher)).code).toBe(code);
  expect(isAlive(child)).toBe(false);
});

test.for(['wait', 'run'])('a launcher killed outright takes all with it: %s', async (what) => {
  await using repo = await repository();
  const launcher = repo.launch('check', what);
  const last = Number(await firstLine(launcher));
  launcher.kill('SIGKILL');
  await vi.waitUntil(() => !isAlive(last), { timeout: 10_000 });
});

test('a command that does not exist is answered with those that do', async () => {
  await using repo = await repository();
  const { code, said } = await ended(repo.launch('nothing'));
  expect(code).toBe(1);
  expect(said).toBe(
    'Usage: node scripts/launch.mjs <start|test|check|compose|gateway|bench:gateway|bench:live|test:chaos|bench:events|bench:identity|bench:queries|fuzz:events> [arguments]\n',
  );
});
