import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { readTarget } from '../api.ts';
import { CommandError, unavailableExit } from '../command-error.ts';

export interface Download {
  /** Of `GET /v1/exports/events`. */
  query: URLSearchParams;
  /** A file, or `-` for the standard output. */
  output: string;
  show: (progress: string) => void;
}

const problemSchema = z.object({ detail: z.string() });

/** @returns how many bytes came. @throws CommandError with what the server says, or when it broke off: then no file is left. */
export async function downloadEvents(
  environment: NodeJS.ProcessEnv,
  { query, output, show }: Download,
): Promise<number> {
  const mayReplace = await mayBeReplaced(output);
  // Nothing may be waited for from here on until the body is taken: it can break at any moment.
  const body = await begin(environment, query);
  if (output === '-') return receive(body, process.stdout, show);
  // Not to be put in the place of a pipe, or of /dev/null.
  if (!mayReplace) return receive(body, createWriteStream(output), show);
  // Only what is whole has the name that was given.
  const part = `${output}.part`;
  try {
    const bytes = await receive(body, createWriteStream(part), show);
    await rename(part, output);
    return bytes;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** A file, or nothing yet. */
const mayBeReplaced = (output: string): Promise<boolean> =>
  stat(output).then(
    (found) => found.isFile(),
    () => true,
  );

async function begin(environment: NodeJS.ProcessEnv, query: URLSearchParams): Promise<Readable> {
  const { url, token } = readTarget(environment);
  const answer = await fetch(`${url}/v1/exports/events?${query}`, {
    headers: { authorization: `Bearer ${token}` },
  }).catch((error: Error) => {
    throw new CommandError(`${url} cannot be reached: ${error.message}`, unavailableExit);
  });
  if (answer.ok && answer.body) return Readable.fromWeb(answer.body);
  const problem = problemSchema.safeParse(await answer.json().catch(() => undefined));
  throw new CommandError(problem.data?.detail ?? `${url} answered ${answer.status}.`);
}

async function receive(
  body: Readable,
  target: NodeJS.WritableStream,
  show: (progress: string) => void,
): Promise<number> {
  let bytes = 0;
  body.on('data', (piece: Buffer) => {
    bytes += piece.length;
    show(`${(bytes / 1e6).toFixed(1)} MB received`);
  });
  await pipeline(body, target).catch((error: Error) => {
    throw new CommandError(
      `The export broke off after ${bytes} bytes and is not complete: ${error.message}`,
    );
  });
  return bytes;
}
