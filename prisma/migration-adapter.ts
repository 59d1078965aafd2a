/**
 * The schema engine's way to the database: @prisma/adapter-pg with four of its habits replaced.
 * 1. It splits scripts at every `;`, which breaks functions and triggers. Sent whole, a migration
 *    is also one implicit transaction: it is applied altogether or not at all.
 * 2. Its shadow database has a connection string's own database name, that is, the real database.
 * 3. One connection only: the engine's advisory lock belongs to a session, so two processes that
 *    migrate the same database take turns.
 * 4. It knows no `"char"`, the one-byte type of PostgreSQL's own catalogue.
 */
import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { withDatabase } from './with-database.ts';

const charOid = 18;
const bpcharOid = 1042;

export interface MigrationAdapter extends SqlMigrationAwareDriverAdapterFactory {
  /** Why the last script failed; the engine itself only says that one did. */
  scriptError(): Error | undefined;
  close(): Promise<void>;
}

export function createMigrationAdapter(url: string): MigrationAdapter {
  const opened: (() => Promise<unknown>)[] = [];
  let scriptError: Error | undefined;

  async function runWhole(pool: pg.Pool, sql: string): Promise<void> {
    try {
      await pool.query(sql);
    } catch (error) {
      scriptError = withLine(error, sql);
      throw error;
    }
  }

  async function open(databaseUrl: string): Promise<SqlDriverAdapter> {
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
    // A pool that has ended lets go of connections that are still closing; dropping the shadow
    // database may cut such a one off.
    pool.on('error', () => {});
    opened.push(() => pool.end());
    const adapter = await new PrismaPg(pool).connect();
    return Object.assign(Object.create(adapter), {
      executeScript: (sql: string) => runWhole(pool, sql),
      queryRaw: (query: SqlQuery) => queryWithChars(adapter, pool, query),
    });
  }

  async function openShadow(): Promise<SqlDriverAdapter> {
    const name = `prisma_migrate_shadow_db_${randomUUID()}`;
    await queryOnce(url, `CREATE DATABASE "${name}"`);
    opened.push(() => queryOnce(url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
    return open(withDatabase(url, name));
  }

  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => open(url),
    connectToShadowDb: openShadow,
    scriptError: () => scriptError,
    close: async () => {
      for (const release of opened.splice(0).reverse()) await release();
    },
  };
}

/** Presents `"char"` columns as CHAR(1) to the adapter, and as characters to the engine. */
async function queryWithChars(adapter: SqlDriverAdapter, pool: pg.Pool, query: SqlQuery) {
  const chars: number[] = [];
  const client = {
    query: async (config: pg.QueryArrayConfig) => {
      const result = await pool.query(config);
      for (const [index, field] of result.fields.entries()) {
        if (field.dataTypeID !== charOid) continue;
        field.dataTypeID = bpcharOid;
        chars.push(index);
      }
      return result;
    },
  };
  const reading: SqlDriverAdapter = Object.create(adapter, { client: { value: client } });
  const answer = await reading.queryRaw(query);
  for (const index of chars) answer.columnTypes[index] = ColumnTypeEnum.Character;
  return answer;
}

/** Adds the line of the script at which PostgreSQL stopped. */
function withLine(error: unknown, sql: string): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (!(error instanceof pg.DatabaseError) || error.position === undefined) return error;
  const line = sql.slice(0, Number(error.position)).split('\n').length;
  return new Error(`line ${line}: ${error.message}`, { cause: error });
}

async function queryOnce(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
