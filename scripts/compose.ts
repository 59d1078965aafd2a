/**
 * Composes schema/*.graphql into schema/supergraph.graphql.
 * With `--check` nothing is written: it fails when the checked-in file is not what composition gives.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { readTopics } from '../gateway/src/supergraph/topics.ts';

const subgraphs = ['users', 'processing', 'analytics', 'notifications'] as const;
const directory = new URL('../schema/', import.meta.url);
const target = new URL('supergraph.graphql', directory);

/** The addresses in the composed file are for Compose; elsewhere the gateway is told others. */
const services = subgraphs.map((name) => ({
  name,
  url: `http://${name}:4000/graphql`,
  typeDefs: parse(readFileSync(new URL(`${name}.graphql`, directory), 'utf8')),
}));

const { supergraphSdl, errors } = composeServices(services);
if (errors) {
  for (const error of errors) console.error(`✗ ${error.message}`);
  process.exit(1);
}

try {
  readTopics(parse(supergraphSdl));
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

const composed = `# Composed from schema/*.graphql by \`npm run compose\`; never edited.\n${supergraphSdl}\n`;
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== composed) {
    console.error(
      '✗ schema/supergraph.graphql is out of date: run `npm run compose` and commit it.',
    );
    process.exit(1);
  }
  console.log('schema/supergraph.graphql is what the subgraphs compose to.');
} else {
  writeFileSync(target, composed);
  console.log('Wrote schema/supergraph.graphql.');
}
