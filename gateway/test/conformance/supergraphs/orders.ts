import { entity, type Row } from '../support/entity.ts';
import { defineSupergraph, link } from '../support/supergraph.ts';

const order = (id: string, fields: Row = {}) =>
  entity('Order', id, {
    id,
    status: 'OPEN',
    note: null,
    lines: [],
    meta: { a: [1, { b: null }] },
    ...fields,
  });
const orders = [
  order('o1', { lines: [entity('Line', 'l1', { sku: 'A', count: 2 })] }),
  order('o2', { status: 'SENT', meta: 'text' }),
];
const echo = (input: unknown) => JSON.stringify(input);

export const orderDesk = defineSupergraph({
  name: 'orders: mutations, merged inputs and enums, scalars, @inaccessible, @override',
  subgraphs: {
    orders: {
      sdl: `${link('@key', '@shareable', '@inaccessible', '@tag')}
        scalar JSON
        scalar Date
        type Query {
          orders(filter: Filter = { status: [OPEN, SENT] }): [Order!]!
          echo(input: Filter, json: JSON, at: Date, matrix: [[Int!]], ids: [ID!] = ["x"], ratio: Float): String!
          secret: String @inaccessible
          json(value: JSON): JSON
        }
        type Mutation {
          place(id: ID! = "o1", lines: [LineInput!]): Order
          cancel(id: ID!): Order!
          broken: Order
        }
        input Filter { status: [Status!] text: String = "any" limit: Int! = 3 }
        input LineInput { sku: String! count: Int! = 1 }
        enum Status { OPEN SENT LOST @inaccessible }
        type Order @key(fields: "id") {
          id: ID!
          status: Status!
          note: String
          lines: [Line!]!
          meta: JSON
          hidden: String @inaccessible
          carrier: String
        }
        type Line { sku: String! count: Int! }
      `,
      entities: orders.map((record) =>
        entity('Order', record.id as string, { ...record, carrier: 'stale' }),
      ),
      root: {
        orders: ({ filter }: { filter: { status: string[] | null } | null }) =>
          orders.filter(({ status }) => filter?.status?.includes(status as string) ?? true),
        echo,
        json: ({ value }: Row) => value,
        place: ({ id, lines }: { id: string; lines: object[] | null }) =>
          order(id, {
            note: 'placed',
            lines: lines?.map((line, at) => entity('Line', `${id}/${at}`, line)) ?? [],
          }),
        cancel: ({ id }: { id: string }) => {
          if (id === 'o9') throw new Error('There is no such order.');
          return order(id, { status: 'SENT', note: 'cancelled' });
        },
        broken: () => {
          throw new Error('This always fails.');
        },
      },
    },
    shipping: {
      sdl: `${link('@key', '@shareable', '@override', '@external', '@requires')}
        type Query { shipments(filter: Filter): [Shipment] count(status: Status): String! }
        type Mutation { ship(order: ID!, by: Speed! = SLOW): Shipment }
        input Filter { status: [Status!] text: String = "any" limit: Int! = 3 onlyHere: Boolean }
        enum Status { OPEN SENT }
        enum Speed { SLOW FAST }
        type Order @key(fields: "id") {
          id: ID!
          carrier: String @override(from: "orders")
          shipments(speed: Speed): [Shipment!]
        }
        type Shipment { code: String! order: Order speed: Speed! }
      `,
      entities: ['o1', 'o2'].map((id) =>
        entity('Order', id, {
          id,
          carrier: `carrier of ${id}`,
          shipments: ({ speed }: { speed?: string }) =>
            speed === 'FAST'
              ? null
              : [
                  entity('Shipment', `s-${id}`, {
                    code: id,
                    order: entity('Order', id),
                    speed: 'SLOW',
                  }),
                ],
        }),
      ),
      root: {
        shipments: [
          entity('Shipment', 's1', { code: '1', order: entity('Order', 'o2'), speed: 'FAST' }),
          null,
        ],
        count: echo,
        ship: ({ order: id, by }: Row) =>
          entity('Shipment', `new-${id}`, {
            code: 'new',
            order: entity('Order', String(id)),
            speed: by,
          }),
      },
    },
  },
  operations: {
    'runs mutations in the order of the operation, with what they lead to': {
      query: `mutation ($lines: [LineInput!]) {
        a: place { id carrier shipments { code } } ship(order: "o2", by: FAST) { order { note status } speed }
        cancel(id: "o1") { status note carrier } b: place(id: "o2", lines: $lines) { lines { sku count } carrier }
      }`,
      variables: { lines: [{ sku: 'Z' }, { sku: 'Y', count: 4 }] },
    },
    'asks the subgraph that took a field over': '{ orders { carrier } }',
    'sends input objects, lists, enums and scalars as they are': {
      query: `query ($filter: Filter!, $json: JSON, $at: Date, $matrix: [[Int!]], $ratio: Float = 2) {
        echo(input: $filter, json: $json, at: $at, matrix: $matrix, ratio: $ratio)
        literal: echo(input: { status: OPEN, limit: 1, text: null }, json: { a: [1, "x", null, { b: true }] },
          matrix: [[1], null, []], ids: "one", ratio: 1) }`,
      variables: {
        filter: { status: 'OPEN', limit: 2 },
        json: { deep: [{ er: null }] },
        at: '2026-01-01',
        matrix: [[1, 2], null],
      },
    },
    'tells a variable that is absent from one that is null': {
      query: `query ($none: [Status!], $null: [Status!], $ids: [ID!]) {
        none: echo(input: { status: $none }, ids: $ids) null: echo(input: { status: $null }, ids: $ids) }`,
      variables: { null: null },
    },
    'hands JSON through': {
      query:
        'query ($value: JSON) { json(value: $value) orders { meta } literal: json(value: {x: [1.5, ENUM]}) }',
      variables: { value: [{ __typename: 'Order', id: 1 }, null, 'é'] },
    },
    'answers a mutation’s error at its place and goes on': `mutation {
      first: place { id } broken { id } last: ship(order: "o1") { order { carrier } }
    }`,
    'answers null for all when a mutation that may not be null fails': `mutation {
      place { id } cancel(id: "o9") { id }
    }`,
    'shows no inaccessible field, value or type': `{
      __type(name: "Order") { fields { name } } status: __type(name: "Status") { enumValues { name } }
    }`,
  },
});
