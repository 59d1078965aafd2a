/** What whoever watches an import is told while it runs. */
import { expect, inject, test, vi } from 'vitest';
import { type Account, signUp } from './support/account.ts';
import { subscribe } from './support/subscribe.ts';

const url = inject('stackUrl');
const patience = { timeout: 60_000, interval: 50 };

const counts = 'id state rowsRead accepted rejected';
const watchAll = `subscription { importChanged { ${counts} } }`;
const watchSome = `subscription ($ids: [ID!]) { importChanged(ids: $ids) { ${counts} } }`;

interface Told {
  id: string;
  state: string;
  rowsRead: number;
  accepted: number;
  rejected: number;
}

/** What of an import a subscriber was told, in the order it came. */
function told({ messages }: { messages: unknown[] }): Told[] {
  return (messages as { data: { importChanged: Told } }[]).map(({ data }) => data.importChanged);
}

interface Owner extends Account {
  sourceId: string;
}

async function createOwner(): Promise<Owner> {
  const account = await signUp(url);
  const { data } = await account.ask(
    'mutation { createSource(input: { name: "Ticks" }) { source { id } } }',
  );
  return { ...account, sourceId: data.createSource.source.id };
}

/** Sends a file of so many rows, of which the third is wrong. */
async function sendFile({ accessToken, sourceId }: Owner, rows: number): Promise<string> {
  const query = new URLSearchParams({ name: 'ticks.csv', source: sourceId });
  const lines = Array.from({ length: rows }, (_, row) => (row === 2 ? 'soon' : '2001-01-01'));
  const answer = await fetch(`${url}/v1/imports?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}` },
    body: `when\n${lines.join('\n')}\n`,
  });
  return ((await answer.json()) as { id: string }).id;
}

async function change({ ask }: Account, what: string, input: object): Promise<void> {
  const type = what === 'start' ? 'StartImportInput' : 'ChangeImportInput';
  const { data } = await ask(
    `mutation ($input: ${type}!) { done: ${what}Import(input: $input) { userErrors { message } } }`,
    { input },
  );
  expect(data.done.userErrors).toEqual([]);
}

/** So many that an import is still under way when it is paused. */
const rows = 100_000;
const mapping = { layout: 'COLUMNS', eventType: 'tick', timeColumn: 'when' };

test('an import tells its progress, its pause and its end to whoever watches it in its workspace, and to nobody else', async () => {
  const [owner, stranger] = await Promise.all([createOwner(), createOwner()]);
  const [id, foreignId] = await Promise.all([sendFile(owner, rows), sendFile(stranger, 5)]);
  using all = subscribe({ url, ...owner }, watchAll);
  using named = subscribe({ url, ...owner }, watchSome, { ids: [id] });
  using spying = subscribe({ url, ...stranger }, watchSome, { ids: [id, foreignId] });
  using spyingOnAll = subscribe({ url, ...stranger }, watchAll);
  // A subscription is there once it hears of something.
  const subscribed = async (watching: { messages: unknown[] }, account: Owner) => {
    const cancelled = await sendFile(account, 1);
    await change(account, 'cancel', { id: cancelled });
    return told(watching).length;
  };
  await vi.waitFor(async () => expect(await subscribed(all, owner)).toBeGreaterThan(0), patience);
  await vi.waitFor(
    async () => expect(await subscribed(spyingOnAll, stranger)).toBeGreaterThan(0),
    patience,
  );

  await change(owner, 'start', { id, mapping });
  const ofIt = () => told(all).filter((message) => message.id === id);
  await vi.waitFor(() => expect(ofIt().some(({ rowsRead }) => rowsRead > 0)).toBe(true), patience);
  const [running] = ofIt().filter(({ rowsRead }) => rowsRead > 0);
  expect(running).toMatchObject({ state: 'RUNNING', rejected: 1 });
  expect(running?.rowsRead).toBeLessThan(rows);
  await change(owner, 'pause', { id });
  await vi.waitFor(() => expect(ofIt().at(-1)?.state).toBe('PAUSED'), patience);
  await change(owner, 'resume', { id });
  await change(stranger, 'start', { id: foreignId, mapping });
  const end = { id, state: 'DONE', rowsRead: rows, accepted: rows - 1, rejected: 1 };
  await vi.waitFor(() => expect(ofIt().at(-1)).toEqual(end), patience);
  for (const watching of [spying, spyingOnAll]) {
    const foreignEnd = { id: foreignId, state: 'DONE', rowsRead: 5, accepted: 4, rejected: 1 };
    await vi.waitFor(() => expect(told(watching).at(-1)).toEqual(foreignEnd), patience);
    expect(told(watching).some((message) => message.id === id)).toBe(false);
  }
  await vi.waitFor(() => expect(told(named).at(-1)).toEqual(end), patience);
  expect(new Set(told(named).map((message) => message.id))).toEqual(new Set([id]));
  expect(told(all).some((message) => message.id === foreignId)).toBe(false);
  expect([all, named, spying, spyingOnAll].flatMap(({ errors }) => errors)).toEqual([]);
});
