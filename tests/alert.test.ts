import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, inject, test } from 'vitest';
import { flightEvent } from './support/flight-event.ts';
import { createFlightsWorkspace } from './support/flights-workspace.ts';
import { send } from './support/send.ts';
import { subscribe } from './support/subscribe.ts';

test('a metric above its threshold reaches people: in the inbox live, once, and by mail', async () => {
  const workspace = await createFlightsWorkspace(inject('stackUrl'));
  using inbox = subscribe(
    workspace,
    'subscription { notificationReceived { title body severity alert { state rule { name metric { name } } } } }',
  );
  const lateFlights = Array.from({ length: 5 }, () => flightEvent({}, { delay: 90 }));
  // The inbox listens before the alert can fire.
  const channel = `notifications.${workspace.workspaceId}.user.${workspace.userId}`;
  await expect.poll(() => listeners(channel)).toBe(1);
  await send(workspace, JSON.stringify(lateFlights));

  await expect.poll(() => inbox.messages, { timeout: 20_000 }).toHaveLength(1);
  expect(inbox.messages[0]).toMatchObject({
    data: {
      notificationReceived: {
        title: expect.stringContaining('Average delay'),
        body: expect.stringContaining('90'),
        severity: 'WARNING',
        alert: {
          state: 'FIRING',
          rule: { name: 'Average delay', metric: { name: 'Average delay' } },
        },
      },
    },
  });
  await expect.poll(() => mailsTo(workspace.email), { timeout: 20_000 }).toHaveLength(1);
  expect(mailsTo(workspace.email)[0]).toMatch(/Subject: .*Average delay/);

  const { data } = await workspace.ask(
    '{ viewer { unreadNotificationCount notifications { edges { node { deliveries { channel status attempts } } } } } }',
  );
  expect(data.viewer.unreadNotificationCount).toBe(1);
  expect(data.viewer.notifications.edges[0].node.deliveries).toEqual(
    expect.arrayContaining([
      { channel: 'IN_APP', status: 'DELIVERED', attempts: 1 },
      { channel: 'EMAIL', status: 'DELIVERED', attempts: 1 },
    ]),
  );
  await send(
    workspace,
    JSON.stringify(lateFlights.map((flight) => ({ ...flight, id: randomUUID() }))),
  );
  await expect
    .poll(
      async () =>
        (await workspace.ask('{ workspace { metrics { edges { node { name value } } } } }')).data
          .workspace.metrics.edges,
    )
    .toContainEqual({ node: { name: 'Departures', value: 10 } });
  expect(inbox.messages).toHaveLength(1);
});

async function listeners(channel: string): Promise<number> {
  const redis = new Redis(inject('redisUrl'));
  const [, count] = (await redis.pubsub('NUMSUB', channel)) as [string, number];
  redis.disconnect();
  return count;
}

function mailsTo(address: string): string[] {
  const directory = inject('mailDirectory');
  return readdirSync(directory)
    .map((file) => readFileSync(join(directory, file), 'utf8'))
    .filter((mail) => mail.startsWith(`X-Envelope-To: ${address}\r\n`));
}
