import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createMigration } from './create-migration.ts';
import { applyMigrations } from './migrate.ts';
import { type ScratchPostgres, startScratchPostgres } from './scratch-postgres.ts';
import { withDatabase } from './with-database.ts';

vi.setConfig({ testTimeout: 60_000 });

let server: ScratchPostgres;
let databases = 0;

beforeAll(async () => {
  server = await startScratchPostgres();
}, 30_000);
afterAll(() => server[Symbol.asyncDispose]());

const schema = (models: string) => `datasource db {\n  provider = "postgresql"\n}\n${models}`;
const thing = 'model Thing {\n  id Int @id\n  kind Kind\n}\nenum Kind {\n  BIG\n  SMALL\n}\n';

async function project(models: string) {
  const directory = await mkdtemp(join(tmpdir(), 'tributary-migrate-'));
  const url = withDatabase(server.url, `test_${++databases}`);
  const write = (content: string) => writeFile(join(directory, 'schema.prisma'), schema(content));
  await write(models);
  return {
    directory,
    url,
    write,
    create: (title: string, empty = false) =>
      createMigration({ directory, title, url: server.url, empty }),
    apply: () => applyMigrations({ name: 'test', url, directory }),
    query: (sql: string) => query(url, sql),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A migration written by hand, dated so that it comes last. */
async function byHand(directory: string, name: string, sql: string): Promise<void> {
  const folder = join(directory, 'migrations', `99990101000000_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'migration.sql'), sql);
}

test('a database that does not exist yet is created and brought up to date, once', async () => {
  await using made = await project(thing);
  await made.create('initial');

  expect(await made.apply()).toEqual([expect.stringMatching(/^\d{14}_initial$/)]);
  expect(await made.apply()).toEqual([]);
  await made.query(`INSERT INTO "Thing" VALUES (1, 'BIG')`);
});

test('a migration holds exactly what the schema gained since the last one', async () => {
  await using made = await project(thing);
  await made.create('initial');
  expect(await made.create('nothing')).toBeUndefined();

  await made.write(thing.replace('kind Kind', 'kind Kind @default(BIG)\n  label String?'));
  const file = await made.create('Add a label');

  const sql = (await readFile(file ?? '', 'utf8')).replaceAll(/\s+/g, ' ');
  expect(file).toMatch(/_add_a_label\/migration\.sql$/);
  expect(sql).toContain(`ALTER TABLE "Thing" ADD COLUMN "label" TEXT, ALTER COLUMN "kind"`);
  expect(await readdir(join(made.directory, 'migrations'))).toContain('migration_lock.toml');
});

test('functions and triggers written by hand are applied and later left alone', async () => {
  await using made = await project(thing);
  await made.create('initial');
  await byHand(
    made.directory,
    'by_hand',
    `CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN NEW.kind := 'BIG'; RETURN NEW; END; $$;
     CREATE TRIGGER shout BEFORE INSERT ON "Thing" FOR EACH ROW EXECUTE FUNCTION shout();
     COMMENT ON TABLE "Thing" IS 'semi;colon';`,
  );

  await made.apply();
  await made.query(`INSERT INTO "Thing" VALUES (1, 'SMALL')`);

  expect(await made.query('SELECT kind FROM "Thing"')).toEqual([{ kind: 'BIG' }]);
  expect(await made.create('nothing')).toBeUndefined();
});

test('the partitions of a table do not appear in the next migration', async () => {
  const event = 'model Event {\n  id Int\n  at DateTime @db.Timestamptz(3)\n  @@id([id, at])\n}\n';
  await using made = await project(event);
  await byHand(
    made.directory,
    'partitioned',
    `CREATE TABLE "Event" ("id" INTEGER NOT NULL, "at" TIMESTAMPTZ(3) NOT NULL,
       CONSTRAINT "Event_pkey" PRIMARY KEY ("id", "at")) PARTITION BY RANGE ("at");
     CREATE TABLE event_2026 PARTITION OF "Event" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`,
  );
  expect(await made.create('nothing')).toBeUndefined();
});

test('a migration that fails leaves nothing behind and names itself and the reason', async () => {
  await using made = await project(thing);
  await made.create('initial');
  await byHand(
    made.directory,
    'broken',
    'CREATE TABLE half (id int);\nINSERT INTO nowhere VALUES (1);',
  );

  await expect(made.apply()).rejects.toThrow(
    /database of test failed, in 99990101000000_broken: line 2: .*nowhere/,
  );
  expect(await made.query(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);

  await byHand(made.directory, 'broken', 'CREATE TABLE half (id int);');
  expect(await made.apply()).toEqual(['99990101000000_broken']);
});

test('a migration cut off by a killed process is applied at the next start', async () => {
  await using made = await project(thing);
  await made.create('initial');
  await made.apply();
  await byHand(made.directory, 'cut_off', 'CREATE TABLE cut_off (id int);');
  await made.query(`INSERT INTO _prisma_migrations (id, checksum, migration_name)
    VALUES ('1', 'none', '99990101000000_cut_off')`);

  expect(await made.apply()).toEqual(['99990101000000_cut_off']);
});

test('processes that migrate the same database at once take turns', async () => {
  await using made = await project(thing);
  await made.create('initial');

  const applied = await Promise.all([made.apply(), made.apply(), made.apply()]);

  expect(applied.flat()).toHaveLength(1);
});

test('creating a migration leaves no shadow database behind', async () => {
  await using made = await project(thing);
  await made.create('initial');
  const mine = await query(server.url, `SELECT count(*)::int AS n FROM pg_database`);
  await made.create('nothing');
  expect(await query(server.url, `SELECT count(*)::int AS n FROM pg_database`)).toEqual(mine);
});
