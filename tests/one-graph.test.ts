import { readFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { signUp } from './support/account.ts';
import { createFlightsWorkspace } from './support/flights-workspace.ts';

test('one operation crosses all four subgraphs', async () => {
  const workspace = await createFlightsWorkspace(inject('stackUrl'));
  const { data, errors } = await workspace.ask(`{
    viewer {
      name
      workspace {
        dashboards(first: 1) {
          edges { node { name widgets { metric { name alertRules { name } source { name openDeadLetterCount eventsLastMinute } } } } }
        }
      }
    }
  }`);
  expect(errors).toBeUndefined();
  const [dashboard] = data.viewer.workspace.dashboards.edges;
  expect(dashboard.node.name).toBe('US flights');
  expect(dashboard.node.widgets[1].metric).toEqual({
    name: 'Average delay',
    alertRules: [{ name: 'Average delay' }],
    source: { name: 'Flights', openDeadLetterCount: 0, eventsLastMinute: 0 },
  });
});

test('the request id of a client is in the answer and in the log of every service that took part', async () => {
  const { ask } = await signUp(inject('stackUrl'));
  const requestId = `test-${crypto.randomUUID()}`;
  const answer = await ask(
    '{ viewer { email notifications { edges { node { id } } } workspace { sources { edges { node { id } } } dashboards { edges { node { id } } } } } }',
    {},
    { 'x-request-id': requestId },
  );
  expect(answer.errors).toBeUndefined();
  expect(answer.headers.get('x-request-id')).toBe(requestId);
  for (const service of ['gateway', 'users', 'processing', 'analytics', 'notifications']) {
    await expect
      .poll(() => readFileSync(`${inject('logDirectory')}/${service}.log`, 'utf8'))
      .toContain(requestId);
  }
});

test('every process says that it lives, that it is ready, and what it counts', async () => {
  const url = inject('stackUrl');
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toContain('process_cpu_seconds_total');
});
