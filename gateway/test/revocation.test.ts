import { randomUUID } from 'node:crypto';
import { revocationsChannel, revocationsKey } from '@tributary/chassis';
import { person } from '@tributary/testkit';
import { expect, test } from 'vitest';
import { startGateway } from './support/gateway-process.ts';
import { startLive } from './support/live.ts';

type Live = Awaited<ReturnType<typeof startLive>>;

/** Once the gateway listens. */
async function revoke({ redis, subscriberCount }: Live, revocation: object): Promise<void> {
  await expect.poll(() => subscriberCount(revocationsChannel), { timeout: 15_000 }).toBe(1);
  await redis.publish(revocationsChannel, JSON.stringify(revocation));
}

const document = '{ __typename }';
const message = (revocation: object) =>
  JSON.stringify({ at: new Date().toISOString(), ...revocation });

test('a token of an ended session is refused at once, other sessions of the person go on', async () => {
  await using live = await startLive();
  const alice = person();
  const [ended, other] = [randomUUID(), randomUUID()];
  const tokenOf = (sid: string) => live.issuer.bearer(alice, { claims: { sid } });
  const [endedToken, otherToken] = await Promise.all([tokenOf(ended), tokenOf(other)]);
  expect((await live.gateway.query(document, endedToken)).status).toBe(200);

  await revoke(live, {
    subject: alice.subject,
    session: ended,
    at: new Date().toISOString(),
  });

  await expect.poll(async () => (await live.gateway.query(document, endedToken)).status).toBe(401);
  expect((await live.gateway.query(document, otherToken)).status).toBe(200);
});

test("a person's tokens from before a change in a workspace are refused, later ones and other workspaces' are not", async () => {
  await using live = await startLive();
  const alice = person();
  const elsewhere = person({ subject: alice.subject });
  const at = Date.now();
  const tokenOf = (principal: typeof alice, milliseconds: number) =>
    live.issuer.bearer(principal, { claims: { iat_ms: milliseconds } });
  const before = await tokenOf(alice, at - 1);
  const after = await tokenOf(alice, at + 1);
  const otherWorkspace = await tokenOf(elsewhere, at - 1);

  await revoke(live, {
    subject: alice.subject,
    workspace: alice.workspace,
    at: new Date(at).toISOString(),
  });

  await expect.poll(async () => (await live.gateway.query(document, before)).status).toBe(401);
  expect((await live.gateway.query(document, after)).status).toBe(200);
  expect((await live.gateway.query(document, otherWorkspace)).status).toBe(200);
});

test('a gateway that starts later knows what was revoked before', async () => {
  await using live = await startLive();
  const alice = person();
  await live.redis.zadd(revocationsKey, Date.now(), message({ subject: alice.subject }));
  const { environment } = live.issuer;
  await using late = await startGateway({
    supergraph: live.supergraph.path,
    environment: { ...environment, REDIS_URL: live.server.url },
  });
  const token = await live.issuer.bearer(alice, { claims: { iat_ms: Date.now() - 60_000 } });
  await expect.poll(async () => (await late.query(document, token)).status).toBe(401);
});

test('what is no revocation is passed over', async () => {
  await using live = await startLive();
  const alice = await live.issuer.bearer(person(), { claims: { iat_ms: Date.now() - 1 } });
  await revoke(live, { subject: 'everybody', at: 'now' });
  expect((await live.gateway.query(document, alice)).status).toBe(200);
});
