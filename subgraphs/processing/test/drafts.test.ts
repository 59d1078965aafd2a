import { person } from '@tributary/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { mutate, preview, sourceFields } from './previews.ts';
import {
  createSource,
  event,
  type Processing,
  processedOf,
  publishPipeline,
  putLookupTable,
  registerEventType,
  send,
  startProcessing,
} from './processing.ts';

let processing: Processing;
beforeAll(async () => {
  processing = await startProcessing();
});
afterAll(() => processing[Symbol.asyncDispose]());

const double = { kind: 'derive', fields: { double: 'data.delay * 2' } };

async function saveDraft(operator: ReturnType<typeof person>, sourceId: string, stages: unknown) {
  const draft = { name: 'savePipelineDraft', type: 'PublishPipelineInput' };
  const select = 'draft { stages savedAt }';
  return mutate(processing, operator, { ...draft, select, input: { sourceId, stages } });
}

async function rollBack(operator: ReturnType<typeof person>, sourceId: string, version: number) {
  const back = { name: 'rollBackPipeline', type: 'RollBackPipelineInput' };
  const select = 'pipeline { version stages restoredVersion }';
  return mutate(processing, operator, { ...back, select, input: { sourceId, version } });
}

/** Sends events and waits until one of them is a sample. */
async function sampled(operator: ReturnType<typeof person>, events: object[]) {
  const { id, writeKey } = await createSource(processing, operator);
  await send(processing, writeKey, events);
  const samples = await vi.waitFor(async () => {
    const fields = 'sampleEvents { id event takenAt }';
    const { sampleEvents } = await sourceFields(processing, operator, id, fields);
    expect(sampleEvents).not.toEqual([]);
    return sampleEvents;
  }, 10_000);
  return { id, writeKey, samples };
}

describe('a draft', () => {
  test('is kept as it is, right or wrong, until a version is published', async () => {
    const operator = person();
    const { id } = await createSource(processing, operator);
    const wrong = [{ kind: 'derive', fields: { a: 'data.' } }];
    expect(await saveDraft(operator, id, wrong)).toMatchObject({
      draft: { stages: wrong },
      userErrors: [],
    });
    expect(await saveDraft(operator, id, [double])).toMatchObject({ draft: { stages: [double] } });
    const ofSource = () => sourceFields(processing, operator, id, 'pipelineDraft { stages }');
    expect(await ofSource()).toEqual({ pipelineDraft: { stages: [double] } });
    await publishPipeline(processing, operator, id, [double]);
    expect(await ofSource()).toEqual({ pipelineDraft: null });
    expect((await saveDraft(operator, id, 'text')).userErrors).toMatchObject([
      { message: 'must be a list of stages', field: ['input', 'stages'] },
    ]);
  });

  test('is previewed on real events, with every change of each', async () => {
    const operator = person();
    const sent = event({ id: 'one', subject: 'a', data: { delay: 4, name: 'Ada', gone: 1 } });
    const { id, samples } = await sampled(operator, [sent]);
    expect(samples[0].event).toMatchObject({ id: 'one', data: sent.data });
    const stages = [
      double,
      { kind: 'mask', fields: { name: 'REDACT' } },
      { kind: 'transform', drop: ['gone'] },
      { kind: 'route', when: 'data.double > 5', type: 'flight.late' },
    ];
    const answer = await preview(processing, operator, {
      sourceId: id,
      stages,
      sampleIds: [samples[0].id],
    });
    expect(answer).toMatchObject({
      userErrors: [],
      events: [
        {
          outcome: 'PROCESSED',
          before: { type: 'flight.departed', data: sent.data },
          after: {
            id: 'one',
            type: 'flight.late',
            data: { delay: 4, double: 8, name: '[masked]' },
          },
        },
      ],
    });
    expect(answer.events[0].changes).toHaveLength(4);
    expect(answer.events[0].changes).toEqual(
      expect.arrayContaining([
        { path: 'type', kind: 'CHANGED', before: 'flight.departed', after: 'flight.late' },
        { path: 'data.gone', kind: 'REMOVED', before: 1, after: null },
        { path: 'data.double', kind: 'ADDED', before: null, after: 8 },
        { path: 'data.name', kind: 'CHANGED', before: 'Ada', after: '[masked]' },
      ]),
    );
    expect((await processedOf(processing, id)).map(({ data }) => data)).toEqual([sent.data]);
  });

  test('shows what would be dropped, held or fail, and where', async () => {
    const operator = person();
    const { id } = await createSource(processing, operator);
    const stages = [
      { kind: 'route', drop: { field: 'delay', operator: 'EQUAL', value: 0 } },
      {
        kind: 'check',
        rules: [
          { name: 'Delays are short', condition: 'data.delay < 1000', otherwise: 'REVIEW' },
          { name: 'Delays are positive', condition: 'data.delay > 0' },
        ],
      },
      double,
    ];
    const events = [0, 5_000, -1, 7].map((delay) => event({ data: { delay } }));
    const answer = await preview(processing, operator, { sourceId: id, stages, events });
    expect(answer.events).toMatchObject([
      { outcome: 'DROPPED', after: null, changes: [] },
      { outcome: 'HELD', stage: 'VALIDATE', reason: 'Delays are short: the rule does not hold' },
      {
        outcome: 'FAILED',
        stage: 'VALIDATE',
        reason: 'Delays are positive: the rule does not hold',
      },
      { outcome: 'PROCESSED', after: { data: { delay: 7, double: 14 } } },
    ]);
  });

  test('without stages or events is what is in force on the newest samples', async () => {
    const operator = person();
    const { id } = await sampled(operator, [event({ data: { delay: 3 } })]);
    await publishPipeline(processing, operator, id, [double]);
    const answer = await preview(processing, operator, { sourceId: id });
    expect(answer.events).toMatchObject([{ after: { data: { delay: 3, double: 6 } } }]);
  });

  test('looks up in the tables there are, and is told of by the stage what it cannot do', async () => {
    const operator = person();
    const { id } = await createSource(processing, operator);
    await putLookupTable(processing, operator, {
      name: 'airports',
      keyColumn: 'iata',
      csv: 'iata,city\nSEA,Seattle\n',
    });
    const enrich = { kind: 'enrich', table: 'airports', on: 'origin', add: { city: 'city' } };
    const events = [event({ data: { origin: 'SEA' } })];
    const good = await preview(processing, operator, { sourceId: id, stages: [enrich], events });
    expect(good.events).toMatchObject([{ after: { data: { city: 'Seattle' } } }]);
    const stages = [
      { ...enrich, table: 'nothing' },
      { kind: 'derive', fields: { a: '1 +' } },
    ];
    const bad = await preview(processing, operator, { sourceId: id, stages, events });
    expect(bad.userErrors).toMatchObject([{ field: ['input', 'stages', '1', 'fields', 'a'] }]);
    const stale = await preview(processing, operator, {
      sourceId: id,
      stages: [{ ...enrich, table: 'nothing' }],
      events,
    });
    expect(stale.userErrors).toMatchObject([{ field: ['input', 'stages', '0', 'table'] }]);
  });

  test('tells an event that the door would refuse by its place', async () => {
    const operator = person();
    const { id } = await createSource(processing, operator);
    await registerEventType(processing, operator, { required: ['delay'] });
    const answer = await preview(processing, operator, {
      sourceId: id,
      stages: [],
      events: [event({ data: {} })],
    });
    expect(answer).toMatchObject({
      events: [],
      userErrors: [{ field: ['input', 'events', '0', 'data', 'delay'] }],
    });
  });
});

describe('an earlier version', () => {
  test('comes back as the next one, and holds for what comes after', async () => {
    const operator = person();
    const { id, writeKey } = await createSource(processing, operator);
    await publishPipeline(processing, operator, id, [double]);
    await publishPipeline(processing, operator, id, []);
    expect(await rollBack(operator, id, 1)).toEqual({
      pipeline: { version: 3, stages: [double], restoredVersion: 1 },
      userErrors: [],
    });
    await send(processing, writeKey, event({ data: { delay: 5 } }));
    await vi.waitFor(async () => {
      const records = await processedOf(processing, id);
      expect(records.map(({ data }) => data)).toEqual([{ delay: 5, double: 10 }]);
    }, 10_000);
    const fields = 'pipelineVersions { version restoredVersion }';
    expect(await sourceFields(processing, operator, id, fields)).toEqual({
      pipelineVersions: [
        { version: 3, restoredVersion: 1 },
        { version: 2, restoredVersion: null },
        { version: 1, restoredVersion: null },
      ],
    });
    expect(await rollBack(operator, id, 9)).toMatchObject({
      pipeline: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['input', 'version'] }],
    });
  });

  test('of a look-up table comes back as the next one, and ten are kept', async () => {
    const operator = person();
    const table = { name: 'airports', keyColumn: 'iata' };
    const put = (rows: object[]) =>
      mutate(processing, operator, {
        name: 'putLookupTable',
        type: 'PutLookupTableInput',
        select: 'lookupTable { version rowCount }',
        input: { ...table, rows },
      });
    const restore = (version: number) =>
      mutate(processing, operator, {
        name: 'restoreLookupTable',
        type: 'RestoreLookupTableInput',
        select: 'lookupTable { version rowCount versions { version rowCount } }',
        input: { name: table.name, version },
      });
    const { id, writeKey } = await createSource(processing, operator);
    await put([{ iata: 'SEA', city: 'Seattle', gates: 80 }]);
    await put([{ iata: 'SEA', city: 'Wrong' }, { iata: 'JFK' }]);
    const enrich = { kind: 'enrich', table: 'airports', on: 'origin', add: { city: 'city' } };
    await publishPipeline(processing, operator, id, [enrich]);
    expect(await restore(1)).toMatchObject({ lookupTable: { version: 3, rowCount: 1 } });
    await send(processing, writeKey, event({ data: { origin: 'SEA' } }));
    await vi.waitFor(async () => {
      const records = await processedOf(processing, id);
      expect(records.map(({ data }) => data)).toEqual([{ origin: 'SEA', city: 'Seattle' }]);
    }, 10_000);
    for (let count = 0; count < 9; count += 1) await put([{ iata: 'SEA', city: `${count}` }]);
    const { lookupTable } = await restore(3);
    expect(lookupTable.versions.map(({ version }: { version: number }) => version)).toEqual([
      13, 12, 11, 10, 9, 8, 7, 6, 5, 4,
    ]);
    expect(await restore(3)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  });
});
