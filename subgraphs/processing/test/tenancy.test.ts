import type { UserPrincipal } from '@tributary/chassis';
import { person } from '@tributary/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { mutate, preview } from './previews.ts';
import {
  createSource,
  deadLetters,
  event,
  type Processing,
  publishPipeline,
  putLookupTable,
  registerEventType,
  replay,
  send,
  startProcessing,
} from './processing.ts';

let processing: Processing;
beforeAll(async () => {
  processing = await startProcessing();
});
afterAll(() => processing[Symbol.asyncDispose]());

const entitiesQuery = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  __typename
  ... on Source { id name writeKeyHint openDeadLetterCount pipeline { version } }
  ... on DeadLetter { id reason original }
  ... on EventType { id name } ... on Pipeline { id stages } ... on LookupTable { id name }
  ... on Workspace { id sources { edges { node { id } } } eventTypes { id } lookupTables { id }
                     deadLetters { edges { node { id } } } } } }`;

/** One of everything in a workspace of its own. */
async function everything() {
  const operator = person();
  const source = await createSource(processing, operator);
  const { lookupTable } = await putLookupTable(processing, operator, {
    name: 't',
    keyColumn: 'k',
    csv: 'k,v\n1,2\n',
  });
  const { eventType } = await registerEventType(processing, operator, { type: 'object' });
  const stages = [{ kind: 'enrich', table: 't', on: 'x', add: { y: 'v' } }];
  const { pipeline } = await publishPipeline(processing, operator, source.id, stages);
  await send(processing, source.writeKey, { no: 'event' });
  const [deadLetter] = await deadLetters(processing, operator);
  const representations = [
    { __typename: 'Source', id: source.id },
    { __typename: 'DeadLetter', id: deadLetter.id },
    { __typename: 'EventType', id: eventType.id },
    { __typename: 'Pipeline', id: pipeline.id },
    { __typename: 'LookupTable', id: lookupTable.id },
    { __typename: 'Workspace', id: operator.workspace },
  ];
  return { operator, source, deadLetter, stages, representations };
}

describe('another workspace’s things are not there', () => {
  test('as entities', async () => {
    const { operator, representations } = await everything();
    const own = await processing.subgraph.query(operator, entitiesQuery, { representations });
    expect(own.data._entities.map((entity: { id: string }) => entity.id)).toEqual(
      representations.map(({ id }) => id),
    );
    const foreign = await processing.subgraph.query(person(), entitiesQuery, { representations });
    expect(foreign.errors).toBeUndefined();
    expect(foreign.data._entities).toEqual(representations.map(() => null));
  });

  test('in root fields', async () => {
    const { operator, source, deadLetter } = await everything();
    const query = `query ($source: ID!, $deadLetter: ID!) { source(id: $source) { id } deadLetter(id: $deadLetter) { id } }`;
    const ids = { source: source.id, deadLetter: deadLetter.id };
    const own = await processing.subgraph.query(operator, query, ids);
    expect(own.data).toEqual({ source: { id: source.id }, deadLetter: { id: deadLetter.id } });
    const foreign = await processing.subgraph.query(person(), query, ids);
    expect(foreign).toEqual({ data: { source: null, deadLetter: null } });
    const nonsense = await processing.subgraph.query(operator, query, {
      source: 'x',
      deadLetter: '\u0000',
    });
    expect(nonsense).toEqual({ data: { source: null, deadLetter: null } });
  });

  test('in mutations', async () => {
    const { operator, source, deadLetter, stages } = await everything();
    const stranger = person();
    const notFound = (field: string) => [{ code: 'NOT_FOUND', field: ['input', field] }];
    expect(await publishPipeline(processing, stranger, source.id, [])).toMatchObject({
      pipeline: null,
      userErrors: notFound('sourceId'),
    });
    const withTable = await publishPipeline(processing, stranger, source.id, stages);
    expect(withTable.userErrors).toMatchObject([{ field: ['input', 'stages', '0', 'table'] }]);
    expect(await replay(processing, stranger, { id: deadLetter.id })).toMatchObject({
      deadLetter: null,
      userErrors: notFound('id'),
    });
    expect((await deadLetters(processing, operator))[0]).toMatchObject({
      attempts: 1,
      status: 'OPEN',
    });
  });

  test('in the events that inferEventType reads', async () => {
    const { operator, source } = await everything();
    const infer = async (principal: UserPrincipal) => {
      const { data } = await processing.subgraph.query(
        principal,
        'query ($input: InferEventTypeInput!) { inferEventType(input: $input) { jsonSchema exampleCount } }',
        { input: { sourceId: source.id, type: 'flight.departed' } },
      );
      return data.inferEventType;
    };
    await send(processing, source.writeKey, event());
    await vi.waitFor(
      async () => expect(await infer(operator)).toMatchObject({ exampleCount: 1 }),
      20_000,
    );
    expect(await infer(person())).toEqual({ jsonSchema: null, exampleCount: 0 });
  });

  test('in drafts, roll-backs and what previewPipeline shows', async () => {
    const { operator, source, deadLetter } = await everything();
    const stranger = person();
    const sourceId = source.id;
    const draft = { name: 'savePipelineDraft', type: 'PublishPipelineInput' };
    const back = { name: 'rollBackPipeline', type: 'RollBackPipelineInput' };
    const drafted = { ...draft, select: 'draft { savedAt }', input: { sourceId, stages: [] } };
    const rolled = { ...back, select: 'pipeline { version }', input: { sourceId, version: 1 } };
    for (const attempt of [drafted, rolled]) {
      const answer = await mutate(processing, stranger, attempt);
      expect(answer.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
      expect((await mutate(processing, operator, attempt)).userErrors).toEqual([]);
    }
    const input = { sourceId, stages: [], events: [event()] };
    expect(await preview(processing, stranger, input)).toMatchObject({
      events: [],
      userErrors: [{ code: 'NOT_FOUND' }],
    });
    const own = await createSource(processing, stranger);
    const chosen = { sourceId: own.id, deadLetterIds: [deadLetter.id] };
    expect(await preview(processing, stranger, chosen)).toEqual({ events: [], userErrors: [] });
  });

  test('for the same names: each workspace has its own source, type and table', async () => {
    const [first, second] = [await everything(), await everything()];
    expect(second.source.id).not.toBe(first.source.id);
    await registerEventType(processing, first.operator, { required: ['x'] });
    const answer = await send(processing, second.source.writeKey, event({ data: {} }));
    expect(answer.body).toMatchObject({ accepted: 1 });
  });
});

describe('without the scope', () => {
  const reader = () => person({ scopes: ['read:pipelines'] });
  const outsider = () => person({ scopes: ['read:analytics'] });

  test('nothing can be written, and the refusal is an error', async () => {
    const document = 'mutation { createSource(input: { name: "x" }) { userErrors { code } } }';
    const answer = await processing.subgraph.query(reader(), document);
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('nothing can be read but a source’s name', async () => {
    const { operator, representations } = await everything();
    const member = { ...outsider(), workspace: operator.workspace };
    const fields = [
      'writeKeyHint',
      'openDeadLetterCount',
      'pipeline { id }',
      'pipelineVersions { id }',
      'sampleEvents { id }',
    ];
    for (const field of fields) {
      const document = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Source { name ${field} } } }`;
      const answer = await processing.subgraph.query(member, document, {
        r: representations.slice(0, 1),
      });
      expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    const document = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Source { name } } }`;
    const answer = await processing.subgraph.query(member, document, {
      r: representations.slice(0, 1),
    });
    expect(answer).toEqual({ data: { _entities: [{ name: 'airport' }] } });
    const { id } = representations[0] ?? expect.fail();
    const listed = `query ($r: [_Any!]!, $id: ID!) {
      source(id: $id) { name }
      _entities(representations: $r) { ... on Workspace { sources { edges { node { id } } } } }
    }`;
    const r = [{ __typename: 'Workspace', id: operator.workspace }];
    expect((await processing.subgraph.query(member, listed, { r, id })).data).toEqual({
      source: { name: 'airport' },
      _entities: [{ sources: { edges: [{ node: { id } }] } }],
    });
    const other = person({ workspace: operator.workspace, scopes: ['read:alerts'] });
    const refused = await processing.subgraph.query(other, listed, { r, id });
    expect(refused.errors?.map(({ extensions }) => extensions.code)).toEqual([
      'FORBIDDEN',
      'FORBIDDEN',
    ]);
    const mixed = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Source { name } ... on DeadLetter { id } } }`;
    const both = await processing.subgraph.query(member, mixed, { r: representations.slice(0, 2) });
    expect(both.data._entities).toEqual([{ name: 'airport' }, null]);
    expect(both.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });

  test('a request without a passport is refused', async () => {
    const response = await fetch(`${processing.subgraph.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(response.status).toBe(401);
  });
});
