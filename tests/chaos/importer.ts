/** Files of numbered events that are imported one after the other while parts of the platform are killed. */
import { setTimeout as pause } from 'node:timers/promises';
import { createGraphQLClient } from '@tributary/scripts/demo/graphql-client';
import { z } from 'zod';
import { numberedEvent } from './numbered-events.ts';
import { untilPassed } from './until-passed.ts';

/** Four batches of an import, so that kills find it in the middle. */
const rowsOfFile = 20_000;
/** Beyond what is streamed meanwhile. */
const firstNumber = 1_000_000_000;

const importSchema = z.object({
  state: z.enum(['UPLOADED', 'RUNNING', 'PAUSED', 'DONE', 'FAILED', 'CANCELLED']),
  reason: z.string().nullable(),
  rowsRead: z.number(),
  accepted: z.number(),
  duplicates: z.number(),
  rejected: z.number(),
});

/** What an import came to. */
export interface ImportReport extends z.infer<typeof importSchema> {
  /** The numbers of its events, in the order of its rows. */
  numbers: number[];
  /** Those that stand in its file of rejected rows. */
  inFile: number[];
}

export interface Importer {
  /** Those that are over. */
  imports: ImportReport[];
  /** Lets the one under way come to its end. @throws where it does not within two minutes. */
  stop(): Promise<void>;
}

export interface ImporterTarget {
  /** The gateway's. */
  url: string;
  accessToken: string;
  sourceId: string;
}

export function startImporter(target: ImporterTarget): Importer {
  const imports: ImportReport[] = [];
  let isStopping = false;

  async function importAll(): Promise<void> {
    for (let first = firstNumber; !isStopping; first += rowsOfFile) {
      const numbers = Array.from({ length: rowsOfFile }, (_, index) => first + index);
      imports.push(await importNumbers(target, numbers));
    }
  }

  let isOver = false;
  const importing = importAll().finally(() => {
    isOver = true;
  });
  importing.catch(() => {});
  return {
    imports,
    async stop() {
      isStopping = true;
      await untilPassed('the last import is over', async () => isOver);
      await importing;
    },
  };
}

async function importNumbers(target: ImporterTarget, numbers: number[]): Promise<ImportReport> {
  const time = new Date().toISOString();
  const lines = numbers.map((number) => JSON.stringify(numberedEvent(number, time)));
  const id = await persist(() => upload(target, lines.join('\n')));
  for (;;) {
    // What was asked for may have been done, though its answer did not come.
    const found = await persist(() => readImport(target, id));
    if (found.state === 'UPLOADED') await startImport(target, id).catch(() => {});
    const isOver = ['DONE', 'FAILED', 'CANCELLED'].includes(found.state);
    if (isOver) {
      const rows = await persist(() => rejectedRows(target, id));
      return { ...found, numbers, inFile: rows.map((row) => numbers[row - 1] ?? Number.NaN) };
    }
    await pause(250);
  }
}

async function upload({ url, accessToken, sourceId }: ImporterTarget, body: string) {
  const query = new URLSearchParams({ name: 'chaos.ndjson', source: sourceId });
  const answer = await fetch(`${url}/v1/imports?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}` },
    body,
  });
  return z.object({ id: z.string() }).parse(await answer.json()).id;
}

async function startImport(target: ImporterTarget, id: string): Promise<void> {
  await createGraphQLClient(target)(
    'mutation ($input: StartImportInput!) { startImport(input: $input) { userErrors { message } } }',
    z.unknown(),
    { input: { id, mapping: { layout: 'EVENTS' } } },
  );
}

async function readImport(target: ImporterTarget, id: string) {
  const answer = await createGraphQLClient(target)(
    'query ($id: ID!) { import(id: $id) { state reason rowsRead accepted duplicates rejected } }',
    z.object({ import: importSchema }),
    { id },
  );
  return answer.import;
}

/** From 1, in the file's order. */
async function rejectedRows({ url, accessToken }: ImporterTarget, id: string): Promise<number[]> {
  const answer = await fetch(`${url}/v1/imports/${id}/rejected`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  if (!answer.ok) throw new Error(`The rejected rows were answered ${answer.status}.`);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '');
  return lines.map((line) => z.object({ row: z.number() }).parse(JSON.parse(line)).row);
}

/** Tries again until it works: parts that are needed may be away for a while. */
async function persist<Result>(work: () => Promise<Result>): Promise<Result> {
  const done = Promise.withResolvers<Result>();
  await untilPassed('an import is served', async () => {
    done.resolve(await work());
    return true;
  });
  return done.promise;
}
