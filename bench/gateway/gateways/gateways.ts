import { join } from 'node:path';
import type { GatewaySetup, Launch } from './gateway-setup.ts';

const peers = join(import.meta.dirname, '../peers');
const ownEntry = join(import.meta.dirname, '../../../gateway/src/index.ts');

const hive = (flag: string, { supergraph, port }: Launch): string[] => [
  join(peers, 'node_modules/@graphql-hive/gateway/dist/bin.js'),
  'supergraph',
  supergraph,
  ...['--config-path', join(peers, 'hive.config.mjs')],
  ...['--host', '127.0.0.1', '--port', String(port)],
  flag,
];

/** In the order of the tables; the first is what the others are compared with. */
export const gateways = {
  apollo: {
    title: '@apollo/gateway + @apollo/server, as documented',
    peer: true,
    packages: ['@apollo/gateway', '@apollo/server'],
    command: ({ supergraph, port }) => [join(peers, 'apollo.mjs'), supergraph, String(port)],
    token: 'RS256',
    verifiesTokens: false,
  },
  'hive-jit': {
    title: 'Hive Gateway `--jit`, in-flight dedup',
    peer: true,
    packages: ['@graphql-hive/gateway'],
    command: (launch) => hive('--jit', launch),
    token: 'RS256',
    verifiesTokens: true,
  },
  'hive-rust': {
    title: 'Hive Gateway, Rust planner, in-flight dedup',
    peer: true,
    packages: ['@graphql-hive/gateway', '@graphql-hive/router-runtime'],
    command: (launch) => hive('--hive-router-runtime', launch),
    token: 'RS256',
    verifiesTokens: true,
  },
  tributary: {
    title: 'Tributary',
    peer: false,
    packages: [],
    command: ({ supergraph, port }) => [
      ownEntry,
      ...['--supergraph', supergraph],
      // Every request is counted against budgets that the load does not exhaust.
      ...['--config', join(import.meta.dirname, 'tributary.config.json')],
      ...['--host', '127.0.0.1', '--port', String(port)],
    ],
    token: 'EdDSA',
    verifiesTokens: true,
  },
} satisfies Record<string, GatewaySetup>;

export type GatewayName = keyof typeof gateways;

export const gatewayNames = Object.keys(gateways) as GatewayName[];
