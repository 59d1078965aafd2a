import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { endTogether } from './end-together.ts';
import { repository } from './repository.ts';

export interface ToolResult {
  ok: boolean;
  /** Standard output and error, as they came. */
  output: string;
}

/** Runs an installed command-line tool to its end, in `directory` of the repository. */
export function runTool(
  command: readonly [string, ...string[]],
  directory = '.',
): Promise<ToolResult> {
  const [tool, ...args] = command;
  const cwd = join(repository, directory);
  const path = [
    join(cwd, 'node_modules/.bin'),
    join(repository, 'node_modules/.bin'),
    process.env.PATH,
  ];
  const child = spawn(tool, args, {
    cwd,
    env: { ...process.env, PATH: path.join(process.platform === 'win32' ? ';' : ':') },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  endTogether(child);
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => done({ ok: false, output: error.message }));
    child.on('close', (code) => done({ ok: code === 0, output: Buffer.concat(chunks).toString() }));
  });
}

/** As `runTool`, but rejects with the tool's output when it fails. */
export async function runToolOrFail(
  command: readonly [string, ...string[]],
  directory = '.',
): Promise<void> {
  const { ok, output } = await runTool(command, directory);
  if (!ok) throw new Error(`${command.join(' ')} failed:\n${output}`);
}
