import { defineConfig } from 'prisma/config';

// Only for the official CLI; `prisma generate` runs without a database.
export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  datasource: { url: process.env.USERS_DATABASE_URL ?? '' },
});
