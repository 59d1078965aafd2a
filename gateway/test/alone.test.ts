import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { spawnGateway, startGateway } from './support/gateway-process.ts';
import { startTestSupergraph } from './support/test-supergraph.ts';

test('serves any federation supergraph from a file and a port, saying once what is off', async () => {
  await using supergraph = await startTestSupergraph();
  await using gateway = await startGateway({ supergraph: supergraph.path });

  const { data, errors } = await gateway.query(`{
    widget(id: "7") { title metric { id rules: alertRules { name } } }
  }`);

  expect(errors).toBeUndefined();
  expect(data).toEqual({
    widget: {
      title: 'Widget 7',
      metric: { id: 'metric-of-7', rules: [{ name: 'Rule on metric-of-7' }] },
    },
  });
  expect(gateway.log().match(/not set up, so switched off/g)).toHaveLength(1);
});

test('says at its root what it is, where there is no web application', async () => {
  await using supergraph = await startTestSupergraph();
  await using gateway = await startGateway({ supergraph: supergraph.path });

  const answer = await fetch(gateway.url);

  expect(await answer.json()).toMatchObject({ graphql: '/graphql' });
});

test('ends well when it is told to by Ctrl-C', async () => {
  await using supergraph = await startTestSupergraph();
  await using gateway = await startGateway({ supergraph: supergraph.path });

  gateway.kill('SIGINT');

  expect(await gateway.ended).toBe(0);
});

test.each([
  ['an argument that the field lacks', 'a.{args.boardId}', '{args.boardId}'],
  ['a claim that no principal has', 'a.{claims.email}.{args.dashboardId}', '{claims.email}'],
  ['something that is no placeholder', 'a.{workspace}', 'braces around something else'],
])('refuses a supergraph whose topic names %s', async (_, topic, reason) => {
  await using supergraph = await startTestSupergraph(topic);

  const gateway = await spawnGateway({ supergraph: supergraph.path });

  expect(await gateway.ended).toBe(78);
  expect(gateway.log()).toContain('Subscription.widgetUpdated');
  expect(gateway.log()).toContain(reason);
});

test('refuses a supergraph with a security feature that it does not enforce', async () => {
  await using supergraph = await startTestSupergraph();
  const sdl = await readFile(supergraph.path, 'utf8');
  const guard = '@link(url: "https://specs.example.com/guard/v0.1", for: SECURITY)';
  await writeFile(supergraph.path, sdl.replace('schema\n', `schema\n  ${guard}\n`));

  const gateway = await spawnGateway({ supergraph: supergraph.path });

  expect(await gateway.ended).toBe(78);
  expect(gateway.log()).toContain('guard');
});

test('refuses a flag that it does not know, with the ones it does', async () => {
  const gateway = await spawnGateway({ supergraph: '/nowhere', flags: ['--prot', '4'] });

  expect(await gateway.ended).toBe(64);
  expect(gateway.log()).toContain('--supergraph FILE');
});
