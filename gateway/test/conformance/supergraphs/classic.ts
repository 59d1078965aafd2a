import { entity, type Row, read, where } from '../support/entity.ts';
import { defineSupergraph } from '../support/supergraph.ts';

const amy = entity('User', 'u1', { id: 'u1', name: { first: 'Amy', last: 'Lu' }, zip: '0150' });
const bob = entity('User', 'u2', { id: 'u2', name: null, zip: null });
const chair = entity('Product', 'p1', {
  upc: 'p1',
  title: 'Chair',
  cost: 20,
  mass: 4,
  maker: 'Nord',
});
const desk = entity('Product', 'p2', {
  upc: 'p2',
  title: 'Desk',
  cost: 900,
  mass: null,
  maker: 'Sør',
});

const stocked = (upc: string, left: number | null) =>
  entity('Product', upc, {
    upc,
    left,
    delivery(this: Row, { zip }: Row) {
      const mass = read(this, 'mass');
      return mass === null
        ? null
        : `${mass} kg to ${zip} for ${Number(read(this, 'cost')) > 100 ? 0 : 7}`;
    },
  });

const opinions = [
  entity('Opinion', 'o1', { id: 'o1', text: 'Sits well', by: amy, of: chair }),
  entity('Opinion', 'o2', { id: 'o2', text: 'Wobbles', by: bob, of: desk }),
  entity('Opinion', 'o3', { id: 'o3', text: 'Again', by: amy, of: desk }),
];
const opinionsWhere = (field: string, identity: object) =>
  opinions.filter((opinion) => opinion[field] === identity);

export const classic = defineSupergraph({
  name: 'classic: schemas of Federation 1',
  subgraphs: {
    users: {
      sdl: `
        extend type Query { me: User users: [User] }
        type User @key(fields: "id") { id: ID! name: Name zip: String }
        type Name { first: String! last: String! }
      `,
      entities: [amy, bob],
      root: { me: amy, users: [amy, bob, null] },
    },
    products: {
      sdl: `
        extend type Query { top(first: Int = 5): [Product] product(upc: String!): Product }
        type Product @key(fields: "upc") { upc: String! title: String! cost: Int! mass: Int maker: String }
      `,
      entities: [chair, desk],
      root: {
        top: ({ first }: { first: number }) => [desk, chair].slice(0, first),
        product: (given: Row) => where([chair, desk], given),
      },
    },
    stock: {
      sdl: `
        extend type Product @key(fields: "upc") {
          upc: String! @external
          cost: Int! @external
          mass: Int @external
          left: Int
          delivery(zip: String! = "0001"): String @requires(fields: "cost mass")
        }
      `,
      entities: [stocked('p1', 3), stocked('p2', null)],
    },
    opinions: {
      sdl: `
        extend type Query { opinions: [Opinion!] }
        type Opinion @key(fields: "id") { id: ID! text: String! by: User @provides(fields: "zip") of: Product! }
        extend type User @key(fields: "id") { id: ID! @external zip: String @external opinions: [Opinion!]! }
        extend type Product @key(fields: "upc") { upc: String! @external opinions: [Opinion!]! }
      `,
      entities: [
        ...opinions,
        entity('User', 'u1', { id: 'u1', zip: '0150', opinions: opinionsWhere('by', amy) }),
        entity('User', 'u2', { id: 'u2', zip: null, opinions: opinionsWhere('by', bob) }),
        entity('Product', 'p1', { upc: 'p1', opinions: opinionsWhere('of', chair) }),
        entity('Product', 'p2', { upc: 'p2', opinions: opinionsWhere('of', desk) }),
      ],
      root: { opinions },
    },
  },
  operations: {
    'joins types that others extend': `{
      me { name { first } opinions { text of { title left delivery } } }
      top { title opinions { by { name { last } zip } } }
    }`,
    'goes back and forth between subgraphs': `{
      opinions { of { opinions { by { opinions { of { left title } } } } } }
    }`,
    'sends required fields beside arguments': {
      query: 'query ($zip: String!) { product(upc: "p1") { delivery(zip: $zip) upc } }',
      variables: { zip: '9990' },
    },
    'tells a null from what is missing':
      '{ users { name { first } zip opinions { id } } product(upc: "?") { left } }',
  },
  deviations: {
    'keeps the order of first mention across fragments': {
      section: '6.3.2 Field Collection',
      query: `{ ... on Query {
        users { opinions { id } } ... on Query { users { name { first } } opinions { id } } users { zip }
      } }`,
    },
  },
});
