import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { DemoAccount } from './set-up.ts';

const stateSchema = z.object({
  email: z.string(),
  password: z.string(),
  startedAt: z.iso.datetime().transform((text) => new Date(text)),
  source: z.object({ sourceId: z.string(), writeKey: z.string() }).optional(),
});

/** What a demo keeps between starts, in `<home>/demo.json`, readable by its owner only. */
export type DemoState = z.infer<typeof stateSchema>;

/** The state of an earlier start, or a new account with a password of its own. */
export function loadDemoState(home: string): DemoState {
  const path = join(home, 'demo.json');
  if (existsSync(path)) return readState(path);
  return { ...newAccount(), startedAt: new Date() };
}

function readState(path: string): DemoState {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new Error(`${path} cannot be read. Remove it to start the demo anew.`, { cause });
  }
}

export function saveDemoState(home: string, state: DemoState): void {
  writeFileSync(join(home, 'demo.json'), JSON.stringify(state, null, 2), { mode: 0o600 });
}

function newAccount(): DemoAccount {
  return {
    email: 'demo@tributary.local',
    password: `flights-${randomBytes(6).toString('base64url')}`,
  };
}
