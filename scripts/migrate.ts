/**
 * Brings the four databases on the server POSTGRES_URL up to date: `node scripts/migrate.ts`.
 * Safe to run by several processes at once, and again.
 */
import { applyMigrations, databaseNames } from '@tributary/prisma/migrate';
import { z } from 'zod';

const { POSTGRES_URL } = z.object({ POSTGRES_URL: z.url() }).parse(process.env);

for (const name of databaseNames) {
  const url = Object.assign(new URL(POSTGRES_URL), { pathname: `/${name}` }).href;
  const applied = await applyMigrations({ name, url });
  console.log(`${name}: ${applied.length === 0 ? 'up to date' : `applied ${applied.join(', ')}`}`);
}
