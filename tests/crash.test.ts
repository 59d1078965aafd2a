import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type Stack, startStack } from '@tributary/local-stack';
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { flightEvent } from './support/flight-event.ts';
import { createFlightsWorkspace } from './support/flights-workspace.ts';
import { send } from './support/send.ts';

const killed = ['processing', 'analytics', 'notifications', 'users', 'gateway'] as const;

async function startOwnStack(): Promise<{ stack: Stack; lines: string[] } & AsyncDisposable> {
  const home = await mkdtemp(join(tmpdir(), 'tributary-crash-'));
  const lines: string[] = [];
  const stack = await startStack({
    home,
    port: await freePort(),
    report: (line) => lines.push(line),
  });
  return {
    stack,
    lines,
    async [Symbol.asyncDispose]() {
      await stack.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Sends numbered events until told to stop; keeps the ids that were acknowledged. */
function sendSteadily(target: { url: string; writeKey: string }) {
  const acknowledged: string[] = [];
  let running = true;
  async function sendBatch(): Promise<void> {
    const events = Array.from({ length: 20 }, () => flightEvent());
    const { status } = await send(target, JSON.stringify(events));
    if (status === 200) acknowledged.push(...events.map(({ id }) => id));
  }
  const done = (async () => {
    // What is not acknowledged, because the door is away for a moment, is not promised either.
    while (running) await sendBatch().catch(() => {});
  })();
  return {
    acknowledged,
    stop: () => {
      running = false;
      return done;
    },
  };
}

test('kill -9 of any service while events flow loses nothing acknowledged and counts nothing twice', {
  timeout: 180_000,
}, async () => {
  await using own = await startOwnStack();
  const { stack, lines } = own;
  const workspace = await createFlightsWorkspace(stack.url);
  const sending = sendSteadily(workspace);
  for (const name of killed) {
    const before = sending.acknowledged.length;
    await expect
      .poll(() => sending.acknowledged.length, { timeout: 30_000 })
      .toBeGreaterThan(before + 200);
    const pid = stack.supervisor.pid(name);
    stack.supervisor.kill(name, 'SIGKILL');
    await vi.waitFor(() => expect(stack.supervisor.pid(name)).not.toBe(pid), { timeout: 30_000 });
    expect(lines.some((line) => line.startsWith(name) && line.includes('again'))).toBe(true);
  }
  const before = sending.acknowledged.length;
  await expect
    .poll(() => sending.acknowledged.length, { timeout: 30_000 })
    .toBeGreaterThan(before + 200);
  await sending.stop();

  const pool = new pg.Pool({ connectionString: stack.databaseUrl('analytics') });
  try {
    const storedIds = async () => {
      const { rows } = await pool.query<{ id: string }>(
        'SELECT event_id AS id FROM event WHERE source_id = $1',
        [workspace.sourceId],
      );
      return new Set(rows.map(({ id }) => id));
    };
    await expect
      .poll(async () => missing(sending.acknowledged, await storedIds()), { timeout: 60_000 })
      .toEqual([]);
    // Batches that were stored but whose answer got lost are counted too: rollups equal the raw events.
    const stored = (await storedIds()).size;
    const { rows } = await pool.query<{ name: string; count: string }>(
      `SELECT m.name, sum(r.count)::text AS count FROM rollup_minute r JOIN metric m ON m.id = r.metric_id
       WHERE m.source_id = $1 GROUP BY m.name, r.breakdown`,
      [workspace.sourceId],
    );
    expect(new Set(rows.map(({ name }) => name)).size).toBe(5);
    for (const { count } of rows) expect(Number(count)).toBe(stored);
  } finally {
    await pool.end();
  }
});

function missing(expected: readonly string[], found: ReadonlySet<string>): string[] {
  return expected.filter((id) => !found.has(id));
}
