import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { type Ask, readTarget } from '../api.ts';
import { CommandError, unavailableExit } from '../command-error.ts';
import { findSource } from '../find-source.ts';

export interface FileToUpload {
  file: string;
  /** A source's name or id. */
  source: string;
  show: (progress: string) => void;
}

const answerSchema = z.object({ id: z.string().optional(), detail: z.string().optional() });

/** @returns the import's id. @throws CommandError with what the server says of the file. */
export async function uploadFile(
  ask: Ask,
  environment: NodeJS.ProcessEnv,
  { file, source, show }: FileToUpload,
): Promise<string> {
  const { size } = await stat(file).catch(() => {
    throw new CommandError(`${file}: there is no such file.`);
  });
  const { url, token } = readTarget(environment);
  const query = new URLSearchParams({
    name: basename(file),
    source: await findSource(ask, source),
  });
  const answer = await fetch(`${url}/v1/imports?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-length': String(size) },
    body: Readable.toWeb(createReadStream(file).on('data', counter(size, show))) as ReadableStream,
    duplex: 'half',
  }).catch((error: Error) => {
    throw new CommandError(`${url} cannot be reached: ${error.message}`, unavailableExit);
  });
  const parsed = answerSchema.safeParse(await answer.json().catch(() => undefined));
  if (parsed.data?.id !== undefined) return parsed.data.id;
  throw new CommandError(parsed.data?.detail ?? `${url} answered ${answer.status}.`);
}

function counter(size: number, show: (progress: string) => void): (piece: string | Buffer) => void {
  let sent = 0;
  return (piece) => {
    sent += piece.length;
    show(`${Math.floor((sent / size) * 100)}% sent`);
  };
}
