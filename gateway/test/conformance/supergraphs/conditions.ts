import { entity, type Row, where } from '../support/entity.ts';
import { defineSupergraph, link } from '../support/supergraph.ts';

const team = entity('Team', 't1', { id: 't1', name: 'Reds' });
const cup = entity('Cup', 'c1', { id: 'c1', name: 'Spring', winner: team });
const games = [
  entity('Game', 'g1', { id: 'g1', home: team, prize: cup, score: 3 }),
  entity('Game', 'g2', { id: 'g2', home: team, prize: team, score: null }),
];
const all = { a: true, b: false };
const on = '$a: Boolean! = true, $b: Boolean! = false';

export const conditions = defineSupergraph({
  name: 'conditions: @skip and @include wherever they may stand',
  subgraphs: {
    games: {
      sdl: `${link('@key')}
        type Query { games(first: Int = 2): [Game!]! game(id: ID!): Game team: Team }
        type Mutation { play(id: ID!): Game }
        union Prize = Cup | Team
        type Game @key(fields: "id") { id: ID! home: Team! prize: Prize score: Int }
        type Team @key(fields: "id") { id: ID! name: String! }
        type Cup @key(fields: "id") { id: ID! name: String! winner: Team }
      `,
      entities: [team, cup, ...games],
      root: {
        games: ({ first }: { first: number }) => games.slice(0, first),
        game: (given: Row) => where(games, given),
        team,
        play: (given: Row) => where(games, given),
      },
    },
    fans: {
      sdl: `${link('@key')}
        type Query { fans: Int }
        type Mutation { cheer(team: ID! = "t1"): Team }
        type Team @key(fields: "id") { id: ID! fans: Int! songs: [Song!] anthem: String }
        type Game @key(fields: "id") { id: ID! crowd: Int }
        type Song { title: String! by: Team }
      `,
      entities: [
        entity('Team', 't1', {
          id: 't1',
          fans: 90,
          anthem: new Error('Nobody wrote one.'),
          songs: [entity('Song', 's1', { title: 'Go', by: entity('Team', 't1') })],
        }),
        entity('Game', 'g1', { id: 'g1', crowd: 5 }),
      ],
      root: { fans: 7, cheer: entity('Team', 't1') },
    },
  },
  operations: {
    'at root fields, alone and together': {
      query: `query (${on}) {
        fans @skip(if: $a) team @include(if: $b) { id } games @include(if: $a) @skip(if: $b) { id }
        x: fans @skip(if: $b) @include(if: $a) y: fans @skip(if: $a) @include(if: $a) z: fans @include(if: false)
      }`,
    },
    'at everything, leaving an empty answer': {
      query: 'query ($a: Boolean!) { fans @skip(if: $a) team @skip(if: $a) { fans } }',
      variables: { a: true },
    },
    'at fields of another subgraph': {
      query: `query (${on}) { games { id crowd @include(if: $a) home @skip(if: $b) { fans @include(if: $b) name } } }`,
      variables: all,
    },
    'at fragments, inline and named': {
      query: `query (${on}) {
        games { ...G @include(if: $a) ...H @skip(if: $a) ... @include(if: $b) { score } ... @skip(if: $b) { home { fans } } }
      } fragment G on Game { crowd prize { ... on Team @include(if: $a) { fans } ... on Cup @skip(if: $a) { name } } }
        fragment H on Game { score home { id } }`,
      variables: { a: false, b: true },
    },
    'nested in one another, across subgraphs': {
      query: `query (${on}) {
        games @include(if: $a) { home @include(if: $a) { songs @skip(if: $b) { title by @include(if: $a) { name fans } } } }
      }`,
    },
    'once with and once without': {
      query: `query (${on}) { team { fans @skip(if: $a) fans name @include(if: $b) } team @include(if: $b) { id } }`,
    },
    'at literal values':
      '{ games { id @skip(if: true) score @include(if: true) crowd @skip(if: false) } }',
    'at mutations, in their order': {
      query: `mutation (${on}) {
        a: play(id: "g1") @skip(if: $a) { id } b: cheer @include(if: $a) { fans name } c: play(id: "g1") { crowd @skip(if: $b) }
      }`,
      variables: { a: true },
    },
  },
  deviations: {
    'names the item that failed where only some of a list were asked for': {
      section: '7.1.2 Errors',
      query: '{ games { prize { ... on Team { anthem } } } }',
    },
  },
});
