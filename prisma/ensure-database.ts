import pg from 'pg';
import { withDatabase } from './with-database.ts';

const duplicateDatabase = '42P04';
const uniqueViolation = '23505';

/** Creates the database that `url` names when the server does not have it yet. */
export async function ensureDatabase(url: string): Promise<void> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  const client = new pg.Client({ connectionString: withDatabase(url, 'postgres') });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    if (!createdMeanwhile(error)) throw error;
  } finally {
    await client.end();
  }
}

/** Two processes may both find it missing; the second one's CREATE fails in one of two ways. */
function createdMeanwhile(error: unknown): boolean {
  const code = error instanceof pg.DatabaseError ? error.code : undefined;
  return code === duplicateDatabase || code === uniqueViolation;
}
