import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startAnalytics } from './analytics-service.ts';
import { askExport, createSource } from './exporting.ts';

const office = { 'x-client-address': '192.0.2.7' };
const elsewhere = { 'x-client-address': '198.51.100.7' };

test('where exports are for an office, neither a token nor a link that was got there gives any elsewhere', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'tributary-policies-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = join(directory, 'policies.json');
  const inOffice = {
    otherwise: 'Come to the office.',
    anyOf: [{ 'request.address': { $inRange: ['192.0.2.0/24'] } }],
  };
  const given = { policies: { office: inOffice }, actions: { 'event.export': ['office'] } };
  await writeFile(file, JSON.stringify(given));
  await using service = await startAnalytics({ POLICIES_FILE: file });
  const { principal, source } = await createSource(service, [{}]);
  const prepare = async () => {
    const { data } = await service.subgraph.query(
      principal,
      'mutation ($id: ID!) { prepareExport(input: { sourceId: $id, format: NDJSON }) { link } }',
      { id: source },
      office,
    );
    return `${service.subgraph.url}${data.prepareExport.link}`;
  };

  expect((await askExport(service, principal, { source }, elsewhere)).status).toBe(403);
  expect((await askExport(service, principal, { source }, office)).status).toBe(200);
  const refused = await fetch(await prepare(), { headers: elsewhere });
  expect([refused.status, await refused.json()]).toMatchObject([
    403,
    { detail: 'Come to the office.' },
  ]);
  expect((await fetch(await prepare(), { headers: office })).status).toBe(200);
});
