import { entity, type Row, read, where } from '../support/entity.ts';
import { defineSupergraph, link } from '../support/supergraph.ts';

const number = (row: Row, field: string) => Number(read(row, field));

const depot = entity('Depot', 'd1', { id: 'd1', area: { zone: 3, name: 'North' } });
const empty = entity('Depot', 'd2', { id: 'd2', area: null });
const base = (id: string, length: number, at: object | null) =>
  entity('Parcel', id, {
    id,
    length,
    depot: at,
    label(this: Row) {
      return `${id}/${read(this, 'volume')}`;
    },
  });
const parcels = [base('p1', 2, depot), base('p2', 5, empty), base('p3', 1, null)];

const measured = (id: string) =>
  entity('Parcel', id, {
    id,
    volume(this: Row) {
      return number(this, 'length') ** 3;
    },
    zone(this: Row) {
      const { area } = (read(this, 'depot') ?? {}) as { area?: { zone: number } | null };
      return area?.zone ?? null;
    },
  });

const charged = (id: string) =>
  entity('Parcel', id, {
    id,
    fee(this: Row) {
      return number(this, 'volume') + 1;
    },
    total(this: Row, { discount }: { discount: number }) {
      return number(this, 'volume') - discount;
    },
    legs: [
      entity('Leg', `${id}-a`, { id: `${id}-a`, km: 10 }),
      entity('Leg', `${id}-b`, { id: `${id}-b`, km: 4 }),
    ],
  });

const timed = (id: string) =>
  entity('Leg', id, {
    id,
    minutes(this: Row) {
      return number(this, 'km') * 2;
    },
  });

const summed = (id: string) =>
  entity('Parcel', id, {
    id,
    summary(this: Row) {
      return `${id}/${read(this, 'volume')}/${read(this, 'fee')}`;
    },
    travel(this: Row) {
      const legs = read(this, 'legs') as Row[];
      return legs.reduce((sum, leg) => sum + Number(read(leg, 'minutes')), 0);
    },
  });

const ids = ['p1', 'p2', 'p3'];

export const chain = defineSupergraph({
  name: 'chain: what one subgraph requires, another computes from what a third requires',
  subgraphs: {
    parcels: {
      sdl: `${link('@key', '@external', '@requires', '@shareable')}
        type Query { parcels: [Parcel!] parcel(id: ID!): Parcel }
        type Parcel @key(fields: "id") {
          id: ID!
          length: Int!
          depot: Depot
          volume: Int! @external
          label: String! @requires(fields: "volume")
        }
        type Depot @key(fields: "id") { id: ID! area: Area }
        type Area @shareable { zone: Int! name: String }
      `,
      entities: [...parcels, depot, empty],
      root: {
        parcels,
        parcel: (given: Row) => where(parcels, given),
      },
    },
    measures: {
      sdl: `${link('@key', '@external', '@requires', '@shareable')}
        type Parcel @key(fields: "id") {
          id: ID!
          length: Int! @external
          depot: Depot @external
          volume: Int! @requires(fields: "length")
          zone: Int @requires(fields: "depot { area { zone } }")
        }
        type Depot @key(fields: "id") { id: ID! area: Area @external }
        type Area @shareable { zone: Int! }
      `,
      entities: ids.map(measured),
    },
    fees: {
      sdl: `${link('@key', '@external', '@requires')}
        type Parcel @key(fields: "id") {
          id: ID!
          volume: Int! @external
          fee: Int! @requires(fields: "volume")
          total(discount: Int! = 0): Int @requires(fields: "volume")
          legs: [Leg!]!
        }
        type Leg @key(fields: "id") { id: ID! km: Int! }
      `,
      entities: [
        ...ids.map(charged),
        ...ids.flatMap((id) => [
          entity('Leg', `${id}-a`, { id: `${id}-a`, km: 10 }),
          entity('Leg', `${id}-b`, { id: `${id}-b`, km: 4 }),
        ]),
      ],
    },
    times: {
      sdl: `${link('@key', '@external', '@requires')}
        type Leg @key(fields: "id") { id: ID! km: Int! @external minutes: Int! @requires(fields: "km") }
      `,
      entities: ids.flatMap((id) => [timed(`${id}-a`), timed(`${id}-b`)]),
    },
    summaries: {
      sdl: `${link('@key', '@external', '@requires')}
        type Parcel @key(fields: "id") {
          id: ID!
          volume: Int! @external
          fee: Int! @external
          legs: [Leg!]! @external
          summary: String! @requires(fields: "volume fee")
          travel: Int! @requires(fields: "legs { minutes }")
        }
        type Leg @key(fields: "id") { id: ID! minutes: Int! @external }
      `,
      entities: ids.map(summed),
    },
  },
  operations: {
    'computes a field from fields that are computed elsewhere': '{ parcels { summary } }',
    'goes in circles between two subgraphs': '{ parcel(id: "p1") { label total fee } }',
    'requires fields of an object of another subgraph, which may be null':
      '{ parcels { zone id } }',
    'requires fields of every item of a list': '{ parcels { travel legs { minutes } } }',
    'keeps what the client asked for apart from what is required': `{
      parcels { id total(discount: 2) more: total(discount: 1) volume legs { id } depot { area { name } } }
    }`,
  },
});
