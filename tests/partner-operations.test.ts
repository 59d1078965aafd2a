/** A partner's operations from the command line to the answer, as its operator and the partner see them. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '@tributary/cli/run-cli';
import { expect, inject, test } from 'vitest';
import { type Account, signUp } from './support/account.ts';
import { flightEvent } from './support/flight-event.ts';
import { createFlightsWorkspace } from './support/flights-workspace.ts';
import { send } from './support/send.ts';
import { subscribe } from './support/subscribe.ts';

const url = inject('stackUrl');
const schema = join(import.meta.dirname, '../schema/supergraph.graphql');

const dashboard = 'query Dashboard($id: ID!) {\n  dashboard(id: $id) {\n    name\n  }\n}';
const live =
  'subscription Live($id: ID!) {\n  widgetUpdated(dashboardId: $id) {\n    value\n  }\n}';

async function folderOf(files: Record<string, string>) {
  const directory = await mkdtemp(join(tmpdir(), 'tributary-partner-'));
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(directory, name), content);
  }
  return {
    at: (name: string) => join(directory, name),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  };
}

async function partnerOf(account: Pick<Account, 'ask'>, input: object = {}) {
  const client = await account.ask(
    'mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { apiClient { id } } }',
    {
      input: {
        ...{ name: 'Acme', contactEmail: 'ops@acme.example.com', scopes: ['read:analytics'] },
        ...input,
      },
    },
  );
  const { data } = await account.ask(
    'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key } }',
    { input: { clientId: client.data.createApiClient.apiClient.id } },
  );
  const key: string = data.createApiKey.key;
  return {
    key,
    async run(documentId: string, variables: object = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({ documentId, variables }),
      });
      return (await response.json()) as {
        data?: { dashboard: { name: string } | null };
        errors?: { extensions: { code: string } }[];
      };
    },
  };
}

/** The command line as somebody types it. */
const typing =
  (token: string) =>
  (...words: string[]) =>
    runCli(['operations', ...words], { TRIBUTARY_URL: url, TRIBUTARY_TOKEN: token });

const manifest = (operations: Record<string, string>) =>
  JSON.stringify({
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: Object.entries(operations).map(([name, body]) => ({
      ...{ id: name.toLowerCase(), name, type: 'query', body },
    })),
  });

test('operations are pushed, activated, used, rolled back and retired from the command line', async () => {
  await using files = await folderOf({
    'one.json': manifest({ Dashboard: dashboard }),
    'two.json': manifest({ Overview: dashboard }),
    'wrong.json': manifest({ Dashboard: dashboard.replace('name', 'nmae') }),
  });
  const ada = await createFlightsWorkspace(url);
  const partner = await partnerOf(ada);
  const operations = typing(ada.accessToken);
  const runs = async (documentId: string) =>
    Boolean((await partner.run(documentId, { id: ada.dashboardId })).data?.dashboard);

  const wrong = await operations('push', files.at('wrong.json'), '--client', 'acme');
  expect(wrong.exitCode).toBe(1);
  expect(wrong.stderr).toMatch(/wrong\.json, operation Dashboard, line 3, column 5: Cannot query/);
  const pushed = await operations('push', files.at('one.json'), '--client', 'acme', '--note', 'v1');
  expect(pushed.stdout).toBe('Acme: version 1 with 1 operations is UPLOADED.\n');
  expect(await runs('dashboard')).toBe(false);
  await operations('activate', '--client', 'Acme', '--version', '1');
  await expect.poll(() => runs('dashboard'), { timeout: 5_000 }).toBe(true);
  const second = await operations('push', files.at('two.json'), '--client', 'acme', '--activate');
  expect(second.stdout).toContain('Acme: version 2 with 1 operations is ACTIVE.');
  await expect.poll(() => runs('overview'), { timeout: 5_000 }).toBe(true);
  expect(await runs('dashboard')).toBe(false);
  const back = await operations('rollback', '--client', 'acme');
  expect(back.stdout).toContain('Acme: version 1 with 1 operations is ACTIVE.');
  await expect.poll(() => runs('dashboard'), { timeout: 5_000 }).toBe(true);
  const listed = await operations('list');
  expect(listed.stdout).toMatch(
    /version 2\tRETIRED\t1 operations\t[\d-]+\t\n.*version 1\tACTIVE.*\tv1\n/,
  );
  await operations('retire', '--client', 'acme', '--version', '1');
  await expect.poll(() => runs('dashboard'), { timeout: 5_000 }).toBe(false);
});

test('a schema change that would break a partner fails the check, with client, version and line', async () => {
  const text = await readFile(schema, 'utf8');
  await using files = await folderOf({
    'one.json': manifest({ Dashboard: dashboard }),
    'changed.graphql': text.replace(/^ {2}dashboard\(id: ID!\): Dashboard.*$/m, ''),
  });
  const ada = await signUp(url);
  await partnerOf(ada);
  await typing(ada.accessToken)('push', files.at('one.json'), '--client', 'acme', '--activate');
  const pipeline = await partnerOf(ada, {
    ...{ name: 'CI', scopes: ['read:clients'], operationMode: 'ANY' },
  });
  const check = typing(pipeline.key);
  const fits = await check('check', '--supergraph', schema);
  expect(fits).toMatchObject({ stdout: `1 operations fit ${schema}.\n`, exitCode: 0 });
  const broken = await check('check', '--supergraph', files.at('changed.graphql'));
  expect(broken.exitCode).toBe(1);
  expect(broken.stderr).toContain(
    'Acme, version 1, operation dashboard, line 2, column 3: Cannot query field "dashboard" on type "Query".',
  );
  const change = await check('retire', '--client', 'acme', '--version', '1');
  expect(change.exitCode).toBe(1);
});

test('a registered operation sees nothing of another workspace, by query or subscription', async () => {
  await using files = await folderOf({
    'live.json': manifest({ Dashboard: dashboard, Live: live }),
  });
  const [foreign, ada] = await Promise.all([
    createFlightsWorkspace(url),
    createFlightsWorkspace(url),
  ]);
  const partner = await partnerOf(ada);
  await typing(ada.accessToken)('push', files.at('live.json'), '--client', 'acme', '--activate');
  expect((await partner.run('dashboard', { id: ada.dashboardId })).data?.dashboard).toBeTruthy();
  const spying = await partner.run('dashboard', { id: foreign.dashboardId });
  expect(spying.data?.dashboard).toBeNull();
  const { dashboardId } = foreign;
  using strange = subscribe({ url, accessToken: partner.key }, live, { id: dashboardId });
  using own = subscribe({ url, accessToken: partner.key }, live, { id: ada.dashboardId });
  const told = async () => {
    for (const each of [foreign, ada])
      await send(each, JSON.stringify(flightEvent({}, { delay: 99 })));
    return own.messages.length;
  };
  await expect.poll(told, { timeout: 20_000, interval: 300 }).toBeGreaterThan(8);
  expect(strange.messages).toEqual([]);
});
