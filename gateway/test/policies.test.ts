import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { person } from '@tributary/testkit';
import { expect, test } from 'vitest';
import { temporarySupergraph } from './conformance/support/temporary-supergraph.ts';
import { spawnGateway, startGateway } from './support/gateway-process.ts';
import { startTestSubgraph } from './support/test-subgraph.ts';
import { startTokenIssuer } from './support/token-issuer.ts';

const typeDefs = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@policy"])
  type Query {
    open: String
    here: String @policy(policies: [["here"]])
    elsewhere: String @policy(policies: [["elsewhere"]])
    fresh: String @policy(policies: [["people", "fresh-second-factor"]])
    either: String @policy(policies: [["elsewhere"], ["here"]])
    unknown: String @policy(policies: [["no-such-policy"]])
  }
`;
const fields = ['open', 'here', 'elsewhere', 'fresh', 'either', 'unknown'];
const policies = {
  here: { otherwise: 'No.', anyOf: [{ 'request.address': { $inRange: ['127.0.0.0/8', '::1'] } }] },
  elsewhere: { otherwise: 'No.', anyOf: [{ 'request.address': { $inRange: ['192.0.2.0/24'] } }] },
};

async function policiesFile(content: object) {
  const directory = await mkdtemp(join(tmpdir(), 'tributary-policies-'));
  const path = join(directory, 'policies.json');
  await writeFile(path, JSON.stringify(content));
  return { path, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
}

async function startWithPolicies() {
  await using resources = new AsyncDisposableStack();
  const answers = Object.fromEntries(fields.map((field) => [field, () => field]));
  const subgraph = resources.use(await startTestSubgraph(typeDefs, { Query: answers }));
  const { supergraphSdl = '' } = composeServices([
    { name: 'one', url: subgraph.url, typeDefs: subgraph.typeDefs },
  ]);
  const supergraph = resources.use(await temporarySupergraph(supergraphSdl));
  const issuer = resources.use(await startTokenIssuer());
  const file = resources.use(await policiesFile({ policies }));
  const environment = { ...issuer.environment, POLICIES_FILE: file.path };
  const gateway = resources.use(await startGateway({ supergraph: supergraph.path, environment }));
  const owned = resources.move();
  return {
    issuer,
    gateway,
    subgraph,
    supergraph,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

test('a field that asks for a policy is for whoever meets it, there and then', async () => {
  await using run = await startWithPolicies();
  const { gateway, issuer, subgraph } = run;
  const seenBy = async (headers: Record<string, string>) => {
    const { data } = await gateway.query(`{ ${fields.join(' ')} }`, headers);
    return fields.filter((field) => data?.[field] === field);
  };
  expect(await seenBy({})).toEqual(['open', 'here', 'either']);

  const ada = person();
  const minutesAgo = (minutes: number) => Math.floor(Date.now() / 1000) - minutes * 60;
  const fresh = await issuer.bearer(ada, { claims: { mfa_time: minutesAgo(1) } });
  const stale = await issuer.bearer(ada, { claims: { mfa_time: minutesAgo(16) } });
  expect(await seenBy(fresh)).toEqual(['open', 'here', 'fresh', 'either']);
  expect(await seenBy(stale)).toEqual(['open', 'here', 'either']);

  const asked = subgraph.requests.map(({ query }) => query).join();
  expect(asked).not.toMatch(/elsewhere|unknown/);
  const { errors } = await gateway.query('{ elsewhere }', fresh);
  expect(errors?.[0]).toMatchObject({
    path: ['elsewhere'],
    message: 'Query.elsewhere needs the policy elsewhere.',
    extensions: { code: 'FORBIDDEN' },
  });
});

test('a gateway does not start with a file of policies that is wrong, and names the variable', async () => {
  await using run = await startWithPolicies();
  await using file = await policiesFile({
    policies: { odd: { otherwise: 'No.', anyOf: [{ 'request.hour': { $moon: 1 } }] } },
  });
  const wrong = await spawnGateway({
    supergraph: run.supergraph.path,
    environment: { POLICIES_FILE: file.path },
  });
  expect(await wrong.ended).toBe(78);
  expect(wrong.log()).toContain('POLICIES_FILE');
});
