import { expect, inject, test } from 'vitest';
import { differenceAsSql } from './create-migration.ts';
import { databaseNames } from './migrate.ts';
import { databaseDirectory } from './migration-list.ts';

test.each(databaseNames)('the migrations of %s give exactly what its schema says', async (name) => {
  expect(await differenceAsSql(databaseDirectory(name), inject('postgresUrl'))).toBe('');
});
