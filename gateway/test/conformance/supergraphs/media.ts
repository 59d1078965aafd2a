import { entity, type Row, where } from '../support/entity.ts';
import { defineSupergraph, link } from '../support/supergraph.ts';

const fields = (id: string, title: string) => ({ id, title });
const dune = entity('Book', 'm1', {
  ...fields('m1', 'Dune'),
  pages: 612,
  chapters: ['one', 'two'],
});
const ikiru = entity('Film', 'm2', { ...fields('m2', 'Ikiru'), minutes: 143, chapters: [1, 2, 3] });
const tapes = entity('Film', 'm3', { ...fields('m3', 'Tapes'), minutes: null, chapters: null });
const all = [dune, ikiru, tapes];

const label = entity('Person', 'c1', { id: 'c1', name: 'Eiko' });
const studio = entity('Studio', 'c2', { id: 'c2', name: 'Nord', city: 'Oslo' });

const rated = (id: string, ratings: (number | null)[], similar: string[]) =>
  entity('Media', id, {
    id,
    ratings,
    average: ratings.length > 0 ? 3.5 : null,
    similar: ({ limit }: { limit: number }) => similar.slice(0, limit).map((other) => media(other)),
  });
const media = (id: string) => entity('Media', id, { id });

const fails = (): never => {
  throw new Error('This always fails.');
};

const made = (type: string, id: string, makers: object[], owner: object | null) =>
  entity(type, id, { id, makers, owner });

export const mediaLibrary = defineSupergraph({
  name: 'media: interfaces, unions and @interfaceObject across subgraphs',
  subgraphs: {
    catalogue: {
      sdl: `${link('@key', '@shareable')}
        type Query {
          media(id: ID!): Media
          library: [Media]!
          search(text: String = ""): [Result!]!
          matrix: [[Media]!]
        }
        interface Media @key(fields: "id") { id: ID! title: String! }
        type Book implements Media @key(fields: "id") {
          id: ID! title: String! pages: Int chapters: [String!]
        }
        type Film implements Media @key(fields: "id") {
          id: ID! title: String! minutes: Int chapters: [Int!]
        }
        union Result = Book | Film | Shelf
        type Shelf @shareable { code: String! media: [Media!] }
      `,
      entities: all,
      root: {
        media: (given: Row) => where(all, given),
        library: [dune, null, ikiru, tapes],
        search: ({ text }: { text: string | null }) =>
          text
            ? [ikiru]
            : [dune, entity('Shelf', 'h1', { code: 'A', media: [dune, ikiru] }), tapes],
        matrix: [[dune, null], [], [ikiru]],
      },
    },
    ratings: {
      sdl: `${link('@key', '@interfaceObject')}
        type Query { best: Media topRated(first: Int! = 3): [Media!]! }
        type Media @key(fields: "id") @interfaceObject {
          id: ID!
          ratings: [Int]!
          average: Float
          similar(limit: Int! = 2): [Media!]!
        }
      `,
      entities: [
        rated('m1', [5, 2], ['m2', 'm3']),
        rated('m2', [4, null], ['m1']),
        rated('m3', [], []),
      ],
      root: {
        best: media('m1'),
        topRated: ({ first }: { first: number }) =>
          [media('m2'), media('m1'), media('m3')].slice(0, first),
      },
    },
    makers: {
      sdl: `${link('@key', '@shareable')}
        type Query { makers: [Maker!]! named(name: String!): Named }
        interface Named { name: String! }
        union Maker = Person | Studio
        union Owner = Studio | Book
        type Person implements Named @key(fields: "id") { id: ID! name: String! }
        type Studio implements Named @key(fields: "id") { id: ID! name: String! city: String }
        type Book @key(fields: "id") { id: ID! makers: [Maker!]! owner: Owner }
        type Film @key(fields: "id") { id: ID! makers: [Maker!]! owner: Owner }
      `,
      entities: [
        label,
        studio,
        made('Book', 'm1', [label], studio),
        made('Film', 'm2', [label, studio], entity('Book', 'm1')),
        made('Film', 'm3', [], null),
      ],
      root: {
        makers: [label, studio],
        named: (given: Row) => where([label, studio], given),
      },
    },
    people: {
      sdl: `${link('@key')}
        type Query { contributors: [Contributor] }
        interface Contactable { email: String phone(country: String = "NO"): String! fails(why: String = "x"): String }
        union Contributor = Person | Robot
        type Person implements Contactable @key(fields: "id") {
          id: ID! email: String phone(country: String = "NO"): String! fails(why: String = "x"): String
        }
        type Robot implements Contactable { email: String phone(country: String = "NO"): String! fails(why: String = "x"): String model: String! }
      `,
      entities: [
        entity('Person', 'c1', {
          id: 'c1',
          email: 'eiko@example.org',
          fails,
          phone: ({ country }: Row) => `${country} 555`,
        }),
      ],
      root: {
        contributors: [
          entity('Robot', 'o1', {
            email: null,
            model: 'R2',
            fails,
            phone: ({ country }: Row) => `${country} 2`,
          }),
          null,
          entity('Person', 'c1', {
            id: 'c1',
            email: 'eiko@example.org',
            fails,
            phone: ({ country }: Row) => `${country} 555`,
          }),
        ],
      },
    },
  },
  operations: {
    'resolves an interface’s fields in the subgraph that knows it as one object': `{
      library { title average ratings similar { title average } }
    }`,
    'finds out the types of what a subgraph knows as one object only': `{
      best { __typename title ... on Book { pages } }
      topRated { __typename id similar(limit: 1) { ... on Film { minutes } ... on Book { makers { __typename } } } }
    }`,
    'keeps only the selections of an object’s own type': `{
      search { __typename ... on Book { pages title } ... on Film { minutes makers { ... on Named { name } } }
        ... on Shelf { code media { title average } } }
    }`,
    'follows unions that differ between subgraphs': `{
      library { ... on Book { owner { ... on Studio { city } ... on Book { title } } }
        ... on Film { owner { __typename ... on Book { title average } } } }
      contributors { __typename ... on Person { name email } ... on Robot { model } }
    }`,
    'gives one name two meanings on different types': `{
      library { ... on Book { x: similar(limit: 1) { id } n: chapters } ... on Film { x: similar(limit: 2) { id } } }
      contributors { ... on Person { p: phone(country: "SE") } ... on Robot { p: phone } }
    }`,
    'reads fields that have one name and several types under aliases': `{
      search { ... on Book { words: chapters } ... on Film { numbers: chapters } }
    }`,
    'walks lists of lists with nulls at each level':
      '{ matrix { title average makersOf: __typename } }',
    'uses fragments on interfaces, within fragments': `
      query { library { ...Rated } best { ...Rated ... on Media { ...Titled } } makers { ...Who } }
      fragment Rated on Media { average ...Titled ... on Film { minutes } }
      fragment Titled on Media { title }
      fragment Who on Maker { ... on Named { name } ... on Contactable { email } }
    `,
    'adds nothing for a fragment that matches nothing': `{
      best { ... on Film { minutes } } search(text: "x") { ... on Shelf { code } } named(name: "?") { name }
    }`,
    'names a failed field by the client’s alias, when it has two meanings': `{
      contributors { ... on Person { f: fails } ... on Robot { f: fails(why: "y") } }
    }`,
    'says types’ names under aliases in unions': `{
      makers { kind: __typename ... on Studio { kind: __typename also: __typename } }
    }`,
  },
});
