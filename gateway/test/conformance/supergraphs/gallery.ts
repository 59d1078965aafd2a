import { entity, type Row, read, where } from '../support/entity.ts';
import { defineSupergraph, link } from '../support/supergraph.ts';

const frame = (id: string, material: string | null) => entity('Frame', id, { material, depth: 3 });
const painting = (id: string, code: string | null, title: string | null) =>
  entity('Painting', id, { id, code, title, frame: frame(`f-${id}`, code), wing: 'east' });
const sketch = (id: string, code: string) =>
  entity('Sketch', id, { id, code, title: `Sketch ${id}`, pencil: 2 });
const works = [painting('w1', 'c1', 'Dawn'), painting('w2', null, null), sketch('w3', 'c3')];
const [dawn, , study] = works;

const lent = (type: string, id: string, code: string, number: string | null) =>
  entity(type, id, { code, number, lender: entity('Museum', 'm1') });
const insured = (number: string, id: string, value: number) =>
  entity('Painting', id, {
    number,
    value,
    events: [[entity('Event', `e-${id}`, { year: 1999, by: null })], null, []],
  });

const shown = (id: string, rooms: number[][]) =>
  entity('Work', id, {
    id,
    rooms,
    plaque(this: Row, { upper }: Row) {
      const text = `“${read(this, 'title')}”`;
      return upper ? text.toUpperCase() : text;
    },
    next: id === 'w1' ? entity('Work', 'w3') : null,
  });

const museum = entity('Museum', 'm1', {
  id: 'm1',
  name: 'North',
  city: 'Bodø',
  wall: [[dawn, null], null, [study]],
});

export const gallery = defineSupergraph({
  name: 'gallery: chains of keys, entities behind interfaces, @provides of fragments, stubs',
  subgraphs: {
    works: {
      sdl: `${link('@key', '@shareable', '@inaccessible')}
        type Query { works(first: Int): [Work!]! work(id: ID!): Work best: Piece }
        interface Work @key(fields: "id") { id: ID! title: String }
        union Piece = Painting | Sketch | Poem
        type Painting implements Work @key(fields: "id") @key(fields: "code") {
          id: ID! code: String title: String @shareable frame: Frame wing: String! @inaccessible
        }
        type Sketch implements Work @key(fields: "id") @key(fields: "code") {
          id: ID! code: String title: String @shareable pencil: Int
        }
        type Poem { lines: [String!] }
        type Frame @shareable { material: String depth: Int! }
      `,
      entities: works,
      root: {
        works: ({ first }: { first: number | null }) => works.slice(0, first ?? 9),
        work: (given: Row) => where(works, given),
        best: entity('Poem', 'poem', { lines: ['a', 'b'] }),
      },
    },
    loans: {
      sdl: `${link('@key', '@shareable')}
        type Query { loaned: [Painting] }
        type Painting @key(fields: "code") @key(fields: "number") { code: String number: String lender: Museum }
        type Sketch @key(fields: "code") { code: String lender: Museum }
        type Museum @key(fields: "id", resolvable: false) { id: ID! }
      `,
      entities: [lent('Painting', 'w1', 'c1', 'n1'), lent('Sketch', 'w3', 'c3', null)],
      root: { loaned: [lent('Painting', 'w1', 'c1', 'n1'), null] },
    },
    insurance: {
      sdl: `${link('@key')}
        type Painting @key(fields: "number") { number: String value: Float! events: [[Event!]]! }
        type Event { year: Int! by: String }
      `,
      entities: [insured('n1', 'w1', 12.5)],
    },
    rooms: {
      sdl: `${link('@key', '@interfaceObject', '@external', '@requires')}
        type Query { onShow: [Work] }
        type Work @key(fields: "id") @interfaceObject {
          id: ID!
          title: String @external
          rooms: [[Int!]!]
          plaque(upper: Boolean! = false): String @requires(fields: "title")
          next: Work
        }
      `,
      entities: [shown('w1', [[1, 2], []]), shown('w2', []), shown('w3', [[3]])],
      root: { onShow: [entity('Work', 'w3'), null, entity('Work', 'w1')] },
    },
    museums: {
      sdl: `${link('@key', '@external', '@provides', '@shareable')}
        type Query { museum: Museum highlight: Item @provides(fields: "... on Painting { title } ... on Sketch { title }") }
        type Museum @key(fields: "id") { id: ID! name: String! city: String wall: [[Painted]!] }
        union Item = Painting | Sketch
        union Painted = Painting | Sketch
        type Painting @key(fields: "id") { id: ID! title: String @external }
        type Sketch @key(fields: "id") { id: ID! title: String @external }
      `.replace('[[Painted]!]', '[[Painted]]'),
      entities: [museum],
      root: { museum, highlight: study },
    },
  },
  operations: {
    'reaches a subgraph through the keys of others':
      '{ works { ... on Painting { value events { year } lender { name } } } }',
    'leaves null what an unknown key leads to':
      '{ work(id: "w2") { title ... on Painting { lender { id } frame { material } } } }',
    'asks for the fields of an entity of which only the key is known':
      '{ loaned { lender { city name } value title } }',
    'requires a field of an interface’s objects for the one object that stands for them': `{
      onShow { plaque loud: plaque(upper: true) next { plaque title __typename } rooms }
    }`,
    'takes provided fields of a union’s members from where they are provided': `{
      highlight { ... on Painting { title frame { depth } } ... on Sketch { title pencil lender { name } } }
    }`,
    'joins entities in lists of lists, with nulls at each level': `{
      museum { wall { __typename ... on Painting { title value rooms } ... on Sketch { pencil plaque } } }
    }`,
    'answers members of a union that are in one subgraph only':
      '{ best { ... on Poem { lines } ... on Work { rooms } } }',
  },
});
