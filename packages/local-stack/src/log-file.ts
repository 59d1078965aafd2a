import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const rotateBytes = 20 * 1024 * 1024;

export interface LogFile {
  path: string;
  /** A file descriptor to append to. */
  descriptor: number;
  close(): void;
  /** The last lines written since this was opened. */
  tail(lines?: number): string;
}

/** Opens a log to append to; one above 20 MB is put aside as `<path>.old` first. */
export function openLogFile(path: string): LogFile {
  mkdirSync(dirname(path), { recursive: true });
  if (sizeOf(path) > rotateBytes) renameSync(path, `${path}.old`);
  const start = sizeOf(path);
  const descriptor = openSync(path, 'a', 0o600);
  return {
    path,
    descriptor,
    close: () => closeSync(descriptor),
    tail: (lines = 20) => lastLines(readFileSync(path).subarray(start).toString(), lines),
  };
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

const lastLines = (text: string, count: number): string =>
  text.trimEnd().split('\n').slice(-count).join('\n');
