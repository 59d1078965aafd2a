import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { startGateway } from './support/gateway-process.ts';
import { startTestSupergraph } from './support/test-supergraph.ts';

const environment = { SUPERGRAPH_POLL_SECONDS: '0.1' };
const patience = { timeout: 20_000 };

test('a new supergraph serves without a restart, and no request fails meanwhile', async () => {
  await using supergraph = await startTestSupergraph();
  await using gateway = await startGateway({ supergraph: supergraph.path, environment });
  const ask = () => gateway.query('{ widget(id: "1") { title } }');
  expect((await ask()).errors).toBeUndefined();
  const sdl = await readFile(supergraph.path, 'utf8');
  const answers: unknown[] = [];
  let asking = true;
  const asked = (async () => {
    while (asking) answers.push((await ask()).data);
  })();

  await writeFile(supergraph.path, sdl.replaceAll(/^ {2}since\(/gm, '  until('));

  const isNew = async () =>
    (await gateway.query('{ until(at: "now") }')).errors?.[0]?.message ?? '';
  await expect.poll(isNew, patience).not.toContain('Cannot query field');
  asking = false;
  await asked;
  expect(new Set(answers.map((data) => JSON.stringify(data)))).toEqual(
    new Set([JSON.stringify({ widget: { title: 'Widget 1' } })]),
  );
  expect(/"warm":\d+/.exec(gateway.log())?.[0]).not.toBe('"warm":0');
});

test('a broken supergraph is refused, and the old one serves on', async () => {
  await using supergraph = await startTestSupergraph();
  await using gateway = await startGateway({ supergraph: supergraph.path, environment });

  await writeFile(supergraph.path, 'type Query { nothing: Int ');

  await expect.poll(gateway.log, patience).toContain('the old one serves on');
  expect((await gateway.query('{ widget(id: "1") { title } }')).data).toEqual({
    widget: { title: 'Widget 1' },
  });
});
