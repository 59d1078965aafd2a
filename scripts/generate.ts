/** What is made from sources and never checked in: Prisma clients, GraphQL types, the web page. */
import { generateClients } from '@tributary/prisma/generate';
import { runToolOrFail } from './run-tool.ts';
import { unlessUnchanged } from './unless-unchanged.ts';

const webSources = ['web/src/**/*', 'web/index.html', 'web/vite.config.ts', 'web/public/**/*'];

/** Prisma clients and GraphQL types, where their sources changed. */
export async function generateCode(): Promise<void> {
  await generateClients(() => {});
  await unlessUnchanged({
    inputs: ['codegen.yml', 'schema/*.graphql', 'web/src/**/*.{ts,tsx}', 'pnpm-lock.yaml'],
    output: 'subgraphs/users/src/generated/resolvers.ts',
    stamp: 'node_modules/.cache/tributary/codegen.sha256',
    run: () => runToolOrFail(['graphql-codegen', '--config', 'codegen.yml']),
  });
}

/** The web page in web/dist, where its sources changed. */
export async function buildWeb(): Promise<boolean> {
  return unlessUnchanged({
    inputs: [
      ...webSources,
      'schema/*.graphql',
      'codegen.yml',
      'web/package.json',
      'pnpm-lock.yaml',
    ],
    output: 'web/dist/index.html',
    stamp: 'node_modules/.cache/tributary/web.sha256',
    run: () => runToolOrFail(['vite', 'build', '--logLevel', 'warn'], 'web'),
  });
}
