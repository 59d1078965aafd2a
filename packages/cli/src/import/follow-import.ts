import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Ask } from '../api.ts';
import { CommandError } from '../command-error.ts';

const everyMilliseconds = 1_000;

const importSchema = z.object({
  import: z.object({
    state: z.string(),
    bytes: z.number(),
    bytesRead: z.number(),
    rowsRead: z.number(),
    accepted: z.number(),
    duplicates: z.number(),
    rejected: z.number(),
    rowsPerSecond: z.number(),
    reason: z.string().nullable(),
  }),
});

const query = `query ($id: ID!) { import(id: $id) {
  state bytes bytesRead rowsRead accepted duplicates rejected rowsPerSecond reason } }`;

/** Waits for the end. @returns what it came to. @throws CommandError when it failed or was cancelled. */
export async function followImport(
  ask: Ask,
  id: string,
  show: (progress: string) => void,
): Promise<string[]> {
  for (;;) {
    const { import: found } = await ask(importSchema, query, { id });
    const { state, bytes, bytesRead, rowsRead, accepted, duplicates, rejected, reason } = found;
    const counts = `${accepted} accepted, ${duplicates} duplicates, ${rejected} rejected`;
    if (state === 'DONE') return [`${rowsRead} rows: ${counts}.`, ...rejectedAt(id, rejected)];
    if (state === 'FAILED' || state === 'CANCELLED') {
      throw new CommandError(`${state} after ${rowsRead} rows: ${counts}. ${reason ?? ''}`.trim());
    }
    const share = Math.floor((bytesRead / bytes) * 100);
    show(`${share}% read, ${rowsRead} rows, ${Math.round(found.rowsPerSecond)}/s, ${state}`);
    await pause(everyMilliseconds);
  }
}

function rejectedAt(id: string, rejected: number): string[] {
  return rejected === 0
    ? []
    : [`What was rejected and why: GET /v1/imports/${id}/rejected?format=csv`];
}
