import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

const timeoutMilliseconds = 10_000;

/** @param location a path, or an http(s) URL. @throws when nothing can be read there. */
export async function readSupergraphText(location: string): Promise<string> {
  if (!/^https?:\/\//.test(location)) return readFile(resolve(location), 'utf8');
  const response = await fetch(location, { signal: AbortSignal.timeout(timeoutMilliseconds) });
  if (!response.ok) throw new Error(`It was answered with status ${response.status}.`);
  return response.text();
}
