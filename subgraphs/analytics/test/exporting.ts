import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { type Principal, passportHeader, type UserPrincipal } from '@tributary/chassis';
import type { EventProcessed } from '@tributary/events';
import { person } from '@tributary/testkit';
import { type AnalyticsService, startAnalytics } from './analytics-service.ts';
import { processedEvent } from './processed-event.ts';

export type Parameters = Record<string, string> | [string, string][];

/** With little patience for readers that take nothing. */
export const startExporting = (): Promise<AnalyticsService> =>
  startAnalytics({ EXPORT_PATIENCE_MILLISECONDS: '1500' });

/** A time of events, so many seconds after the first. */
export const at = (seconds: number): string =>
  new Date(Date.UTC(2026, 9, 1, 0, 0, seconds)).toISOString();

/** What the gateway asks on somebody's behalf. */
export async function askExport(
  { subgraph }: AnalyticsService,
  principal: Principal,
  parameters: Parameters,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${subgraph.url}/v1/exports/events?${new URLSearchParams(parameters)}`, {
    headers: { [passportHeader]: await subgraph.passport(principal), ...headers },
  });
}

/** A line of an export as NDJSON. */
interface ExportedLine {
  id: string;
  source: string;
  type: string;
  time: string;
  data: Record<string, unknown>;
}

/** The lines of an export as NDJSON. */
export async function exportedEvents(
  service: AnalyticsService,
  principal: Principal,
  parameters: Parameters,
): Promise<ExportedLine[]> {
  const answer = await askExport(service, principal, parameters);
  const lines = (await answer.text()).split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as ExportedLine);
}

/** A person with a source of these events, all stored. */
export async function createSource(
  service: AnalyticsService,
  events: readonly Partial<EventProcessed>[],
  principal: UserPrincipal = person(),
) {
  const source = randomUUID();
  const { rows } = await service.database.pool.query('SELECT count(*)::int AS count FROM event');
  await service.send(
    ...events.map((overrides) =>
      processedEvent({ workspace: principal.workspace, sourceid: source, ...overrides }),
    ),
  );
  await service.stored(rows[0].count + events.length);
  return { principal, source };
}

/** A person with a source of so many events of half a kilobyte, a second apart, put right into the table. */
export async function createLargeSource({ database }: AnalyticsService, count: number) {
  const principal = person();
  const source = randomUUID();
  await database.pool.query(
    `INSERT INTO event (workspace_id, source_id, event_id, time, type, data, accepted_at)
     SELECT $1, $2, n::text, $3::timestamptz + n * interval '1 second', 'tick',
            jsonb_build_object('n', n, 'text', repeat('x', 500)), now()
     FROM generate_series(1, $4::int) AS n`,
    [principal.workspace, source, firstTick, count],
  );
  return { principal, source };
}
export const firstTick = '2001-01-01T00:00:00Z';

/** An export whose reader has its beginning, and takes no more of it until told to. */
export async function beginExport(
  { subgraph }: AnalyticsService,
  principal: Principal,
  parameters: Parameters,
) {
  const asked = request(`${subgraph.url}/v1/exports/events?${new URLSearchParams(parameters)}`, {
    headers: { [passportHeader]: await subgraph.passport(principal) },
  }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.pause();
  const closed = new Promise((resolve) => answer.once('close', resolve));
  // A broken connection is what `isWhole` tells.
  answer.on('error', () => {});
  return {
    status: answer.statusCode,
    leave: () => void asked.destroy(),
    /** Takes the rest. `isWhole` is false when the connection broke before the end. */
    async takeRest(): Promise<{ text: string; isWhole: boolean }> {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      answer.resume();
      await closed;
      return { text, isWhole: answer.complete };
    },
  };
}
