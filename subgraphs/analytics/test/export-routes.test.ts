import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { person } from '@tributary/testkit';
import fastify from 'fastify';
import { expect, test } from 'vitest';
import { exportPath, mountExportRoutes } from '../src/exports/export-routes.ts';

test('an export whose reader left before it began is told so', async () => {
  const http = fastify();
  const left = Promise.withResolvers<void>();
  const told = Promise.withResolvers<boolean>();
  http.addHook('onRequest', async (_, reply) => {
    reply.raw.once('close', left.resolve);
    asked.destroy();
  });
  await mountExportRoutes({
    http,
    verifyPassport: () => Promise.reject(new Error('not asked')),
    tickets: {
      issue: () => Promise.reject(new Error('not asked')),
      take: async () => {
        await left.promise;
        return { principal: person(), request: everything };
      },
    },
    startExport: async ({ signal }) => {
      told.resolve(signal.aborted);
      return Readable.from([]);
    },
  });
  await http.listen({ host: '127.0.0.1', port: 0 });
  const { port } = http.server.address() as AddressInfo;
  const asked = request(`http://127.0.0.1:${port}${exportPath}?ticket=any`);
  asked.on('error', () => {}).end();

  expect(await told.promise).toBe(true);
  await http.close();
});

const everything = {
  sourceId: '00000000-0000-4000-8000-000000000000',
  from: undefined,
  to: 0,
  types: [],
  format: 'ndjson',
  fields: [],
} as const;
