/**
 * What was published about operations that cost far more than they look, against the gateway's own
 * limits as they are when nobody sets any.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type CannedSupergraph,
  startCannedSupergraph,
} from '../conformance/support/canned-supergraph.ts';
import { type GatewayProcess, startGateway } from '../support/gateway-process.ts';

const names = ['a', 'b', 'c', 'd'];

/** Every subgraph can answer nearly everything, which leaves a planner the most to choose from. */
const subgraph = (name: string) => ({
  sdl: `
    extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
    type Query { node: Node @shareable }
    type Node @key(fields: "id") {
      id: ID!
      next(at: Int): Node @shareable
      shared: Int @shareable
      only_${name}: Int
    }
  `,
  answer: () => '{"data":{"node":{"__typename":"Node","id":"1","shared":7,"next":null}}}',
});

let supergraph: CannedSupergraph;
let gateway: GatewayProcess;
beforeAll(async () => {
  supergraph = await startCannedSupergraph(
    Object.fromEntries(names.map((name) => [name, subgraph(name)])),
  );
  gateway = await startGateway({ supergraph: supergraph.path });
});
afterAll(async () => {
  await gateway?.[Symbol.asyncDispose]();
  await supergraph?.[Symbol.asyncDispose]();
});

const range = (length: number) => Array.from({ length }, (_, at) => at);
const own = names.map((name) => `only_${name}`).join(' ');

/** `levels` deep, and at each level `width` times under another alias. */
function branches(levels: number, width: number): string {
  if (levels === 0) return `shared ${own}`;
  return range(width)
    .map((at) => `n${at}: next(at: ${at}) { ${branches(levels - 1, width)} } shared ${own}`)
    .join(' ');
}

/** Fragments that each spread the one before `width` times. */
const tower = (height: number, width: number, content: string) =>
  `fragment F0 on Node { ${content} } ${range(height)
    .map(
      (at) =>
        `fragment F${at + 1} on Node { ${range(width)
          .map((alias) => `n${alias}: next { ...F${at} }`)
          .join(' ')} }`,
    )
    .join(' ')}`;

test.each([
  ['CVE-2024-43414: shared fields at every level', `{ node { ${branches(5, 3)} } }`],
  [
    'CVE-2025-32031, CVE-2025-32032: fragments that no optimisation helps',
    `{ node { ...F6 } } ${tower(6, 4, own)}`,
  ],
  ['CVE-2025-32033: counts beyond any integer', `{ node { ...F80 } } ${tower(80, 2, 'shared')}`],
  [
    'CVE-2025-32033: aliases in fragments that are spread often',
    `{ node { ${range(60)
      .map((at) => `x${at}: next { ...F0 }`)
      .join(' ')} } } ${tower(
      0,
      0,
      range(60)
        .map((at) => `y${at}: shared`)
        .join(' '),
    )}`,
  ],
  ['CVE-2025-32033: depth in fragments', `{ node { ...F40 } } ${tower(40, 1, 'shared')}`],
  ['CVE-2025-32033: directives', `{ node { shared ${'@include(if: true) '.repeat(500)} } }`],
  ['more tokens than anyone needs', `{ node { ${'shared '.repeat(50_000)} } }`],
  [
    'fields that conflict, in pairs',
    `{ node { ${range(3_000)
      .map((at) => `n: next(at: ${at}) { id }`)
      .join(' ')} } }`,
  ],
  [
    'introspection in circles',
    `{ __schema { types { fields { type { fields { type { fields { type { fields { type { fields { name } } } } } } } } } } } }`,
  ],
])('%s: is refused with the figure that is too high', async (_, attack) => {
  const attacked = gateway.query(attack);
  const others = await Promise.all(range(5).map(() => gateway.query('{ node { shared } }')));
  const { data, errors, status } = await attacked;

  expect(others.map((answer) => answer.data)).toEqual(
    range(5).map(() => ({ node: { shared: 7 } })),
  );
  expect(status).toBeLessThan(500);
  expect(data).toBeUndefined();
  expect(errors?.length).toBeGreaterThan(0);
  expect(errors?.map(({ extensions }) => extensions.code)).not.toContain('INTERNAL');
});
