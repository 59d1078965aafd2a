/** Exports of stored events: at the gateway's address, from a shell and on the page. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '@tributary/cli/run-cli';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { type Account, signUp } from './support/account.ts';
import { findChromium, openPage } from './support/browser.ts';
import { send } from './support/send.ts';
import { signInToNothing } from './support/sign-in.ts';

const executablePath = findChromium() ?? '';
const url = inject('stackUrl');
const patience = { timeout: 60_000, interval: 100 };

const events = Array.from({ length: 120 }, (_, n) => ({
  id: `ride-${n}`,
  source: '/scooters',
  type: n % 3 === 0 ? 'ride.ended' : 'ride.begun',
  time: new Date(Date.UTC(2026, 9, 1, 6, n)).toISOString(),
  data: { n, city: 'Zürich', fare: n / 4, stops: [{ at: 'a "b"', n: null }], '=late': n > 60 },
}));

interface Exporter extends Account {
  from: { id: string; writeKey: string };
  to: { id: string };
  directory: string;
}
let exporter: Exporter;

/** What of an event an export keeps. */
const kept = ({ id, type, time, data }: (typeof events)[number]) => ({ id, type, time, data });
const linesOf = (text: string) => text.split('\n').filter(Boolean);
const eventsOf = (text: string) => linesOf(text).map((line) => kept(JSON.parse(line)));

async function exported(source: string): Promise<string> {
  const answer = await fetch(`${url}/v1/exports/events?source=${source}`, {
    headers: { authorization: `Bearer ${exporter.accessToken}` },
  });
  return answer.text();
}

const allStored = (source: string) =>
  vi.waitFor(async () => expect(linesOf(await exported(source))).toHaveLength(120), patience);

async function createSource({ ask }: Account, name: string) {
  const { data } = await ask(
    'mutation ($name: String!) { createSource(input: { name: $name }) { source { id } writeKey } }',
    { name },
  );
  return { id: data.createSource.source.id, writeKey: data.createSource.writeKey };
}

beforeAll(async () => {
  const account = await signUp(url);
  const [from, to] = [await createSource(account, 'Scooters'), await createSource(account, 'Copy')];
  const directory = await mkdtemp(join(tmpdir(), 'tributary-export-'));
  exporter = { ...account, from, to, directory };
  const sent = await send({ url, writeKey: from.writeKey }, JSON.stringify(events));
  expect(sent.body).toMatchObject({ accepted: 120 });
  await allStored(from.id);
}, patience.timeout);
afterAll(() => rm(exporter.directory, { recursive: true, force: true }));

test('what is exported from one source and imported into another is the same events', async () => {
  const { from, to, directory, accessToken } = exporter;
  const file = join(directory, 'scooters.ndjson');
  const environment = { TRIBUTARY_URL: url, TRIBUTARY_TOKEN: accessToken };

  const done = await runCli(
    ['events', 'export', '--source', 'Scooters', '--output', file],
    environment,
  );
  expect(done).toMatchObject({ stderr: '', exitCode: 0 });
  expect(eventsOf(await readFile(file, 'utf8'))).toEqual(events.map(kept));

  const imported = await runCli(['import', file, '--source', 'Copy'], environment);
  expect(imported.stdout).toBe('120 rows: 120 accepted, 0 duplicates, 0 rejected.\n');
  await allStored(to.id);
  expect(eventsOf(await exported(to.id))).toEqual(events.map(kept));
  expect(eventsOf(await exported(from.id))).toEqual(events.map(kept));
});

test('the gateway says to whom what was wrong, and lets nobody in without a token', async () => {
  const ask = (token: string, parameters: string) =>
    fetch(`${url}/v1/exports/events?source=${exporter.from.id}${parameters}`, {
      headers: token === '' ? {} : { authorization: `Bearer ${token}` },
    });
  const stranger = await signUp(url);
  expect((await ask('', '')).status).toBe(401);
  expect((await ask('a.b.c', '')).status).toBe(401);
  expect((await ask(stranger.accessToken, '')).status).toBe(404);
  const refused = await ask(exporter.accessToken, '&format=xlsx');
  expect([refused.status, await refused.json()]).toMatchObject([400, { field: ['format'] }]);
});

/** Keeps what the page looks like where SCREENSHOTS names a folder. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

describe.skipIf(executablePath === '')('in a browser', () => {
  test.for([
    ['desktop', 1440, 900],
    ['phone', 390, 844],
  ] as const)(
    'events of a type and a range are had as a file, and what is wrong is said, on a %s',
    async ([kind, width, height]) => {
      await using browser = await openPage({ executablePath, width, height });
      const { page } = browser;
      await signInToNothing(page, exporter, url);
      await page.goto(`${url}/sources`);
      await page.getByRole('link', { name: 'Export' }).click();
      await page.getByLabel('Source').selectOption({ label: 'Scooters' });
      await page.getByLabel('From').fill('2026-10-02T00:00');
      await page.getByLabel('To').fill('2026-10-01T00:00');
      await page.getByRole('button', { name: 'Download' }).click();
      await page.getByText('must be after `from`').waitFor();
      await picture(page, `export-refused-${kind}`);

      await page.getByLabel('From').fill('2026-09-30T00:00');
      await page.getByLabel('To').fill('2026-10-03T00:00');
      await page.getByLabel('Event type').fill('ride.ended');
      await page.getByLabel('Format').selectOption({ label: 'CSV' });
      await page.getByLabel('Fields').fill('fare, city');
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download' }).click();
      await page.getByText('The download has begun.').waitFor();
      await picture(page, `export-begun-${kind}`);

      const file = await download;
      expect(file.suggestedFilename()).toMatch(/^events-\d{8}-\d{8}\.csv$/);
      const [header, ...rows] = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
      expect(header).toBe('id,time,type,accepted_at,fare,city');
      const expected = events.filter(({ type }) => type === 'ride.ended');
      expect(rows.map((row) => row.split(',')[0])).toEqual(expected.map(({ id }) => id));
      expect(rows[1]).toMatch(/^ride-3,2026-10-01T06:03:00\.000Z,ride\.ended,[^,]+,0\.75,Zürich$/);
      expect(
        await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth'),
      ).toBeLessThanOrEqual(0);
      expect(browser.complaints).toEqual([]);
    },
  );
});
