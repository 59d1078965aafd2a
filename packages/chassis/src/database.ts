import pg from 'pg';
import { Counter } from 'prom-client';
import type { Service } from './service.ts';

export interface DatabaseOptions {
  service: Service;
  url: string;
  /** Connections at most. */
  connections?: number;
  /** Settings of every connection, as the server's command line takes them: `-c name=value`. */
  settings?: string;
}

/**
 * The service's one connection pool, for Prisma and for SQL of its stores alike.
 * Statements are counted in `sql_statements_total`, readiness asks the server, shutdown closes it.
 */
export function createDatabasePool({
  service,
  url,
  connections = 10,
  settings,
}: DatabaseOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    application_name: 'tributary',
    options: settings,
  });
  const statements = new Counter({
    name: 'sql_statements_total',
    help: 'Statements sent to PostgreSQL.',
    registers: [service.metrics],
  });
  pool.on('connect', (client) => {
    countStatements(client, statements);
    // One that breaks in somebody's hands fails what they ask next; unheard, it would end the process.
    client.on('error', () => {});
  });
  // An idle connection that breaks is replaced at the next use.
  pool.on('error', (error) => service.logger.warn({ err: error }, 'idle database connection lost'));
  service.addReadinessCheck('database', () => pool.query('SELECT 1'));
  service.shutdown.add('database', () => pool.end());
  return pool;
}

function countStatements(client: pg.PoolClient, statements: Counter): void {
  const query = client.query;
  client.query = ((...given: Parameters<typeof query>) => {
    statements.inc();
    return query.apply(client, given);
  }) as typeof query;
}
