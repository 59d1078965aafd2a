import { entity, type Row } from '../support/entity.ts';
import { defineSupergraph, link } from '../support/supergraph.ts';

const broken = (): never => {
  throw new Error('This leaf always breaks.');
};
const leaf = (id: string, fields: Row = {}) =>
  entity('Leaf', id, { id, name: `leaf ${id}`, size: 1, ...fields });
const tree = (id: string, fields: Row) => entity('Tree', id, { id, name: `tree ${id}`, ...fields });

const leaves = {
  a: leaf('a'),
  b: leaf('b', { size: null }),
  c: leaf('c', { name: broken }),
  /** Only its own subgraph knows it. */
  lonely: leaf('lonely'),
};
const { a, b, c, lonely } = leaves;
const oak = tree('oak', {
  leaves: [a, b, null],
  sound: [a],
  rows: [[a, null], null, []],
  grid: [[a], [b, a]],
  top: a,
  crown: a,
});
const elm = tree('elm', {
  leaves: [c, lonely],
  sound: [a, c],
  rows: [[c], [lonely, a]],
  grid: [[a], [c]],
  top: c,
  crown: lonely,
});

const shaded = (id: string, fields: Row) => entity('Leaf', id, { id, ...fields });

export const forest = defineSupergraph({
  name: 'forest: nulls and errors in lists, in lists of lists, and where nothing may be null',
  subgraphs: {
    trees: {
      sdl: `${link('@key')}
        type Query {
          trees: [Tree]
          oaks: [Tree!]
          tree(id: ID!): Tree
          sureTree(id: ID!): Tree!
          failing: Tree
          surelyFailing: Tree!
          failingList: [Tree]!
          leafGrid: [[Leaf!]!]
        }
        type Tree @key(fields: "id") {
          id: ID!
          name: String!
          leaves: [Leaf]!
          sound: [Leaf!]
          rows: [[Leaf]]!
          grid: [[Leaf!]!]!
          top: Leaf
          crown: Leaf!
          sibling: Tree
        }
        type Leaf @key(fields: "id") { id: ID! name: String! size: Int }
      `,
      entities: [oak, elm, a, b, c, lonely],
      root: {
        trees: [oak, elm, null],
        oaks: [oak, oak],
        tree: ({ id }: Row) => (id === 'oak' ? oak : id === 'elm' ? elm : null),
        sureTree: ({ id }: Row) => (id === 'oak' ? oak : id === 'elm' ? elm : null),
        failing: broken,
        surelyFailing: broken,
        failingList: [oak, new Error('No such tree.'), elm],
        leafGrid: [[a, b], [], [c]],
      },
    },
    shade: {
      sdl: `${link('@key')}
        type Query { shadiest: [Leaf!] }
        type Leaf @key(fields: "id") {
          id: ID!
          shade: Int!
          tint: String
          spots: [Int]
          veins: [[Int!]!]
          under: Tree
        }
        type Tree @key(fields: "id") { id: ID! birds: [String!]! nests: [[String]!] hollow: Boolean }
      `,
      entities: [
        shaded('a', {
          shade: 3,
          tint: 'green',
          spots: [1, null],
          veins: [[1], []],
          under: entity('Tree', 'elm'),
        }),
        shaded('b', { shade: broken, tint: 'red', spots: null, veins: null, under: null }),
        shaded('c', {
          shade: null,
          tint: broken,
          spots: [new Error('spot')],
          veins: [[1], [null]],
          under: null,
        }),
        entity('Tree', 'oak', {
          id: 'oak',
          birds: ['wren', 'tit'],
          nests: [['egg', null], []],
          hollow: false,
        }),
        entity('Tree', 'elm', { id: 'elm', birds: ['owl', null], nests: [null], hollow: broken }),
      ],
      root: { shadiest: [entity('Leaf', 'a', { id: 'a' }), entity('Leaf', 'b', { id: 'b' })] },
    },
    soil: {
      sdl: `${link('@key')}
        type Tree @key(fields: "id") { id: ID! soil: Soil depth: Int! }
        type Soil { ph: Float! kind: String }
      `,
      entities: [
        entity('Tree', 'oak', {
          id: 'oak',
          depth: 2,
          soil: entity('Soil', 's1', { ph: 6.5, kind: null }),
        }),
      ],
    },
  },
  operations: {
    'leaves a null in a list where one item failed': '{ trees { leaves { id tint } } }',
    'loses the list whose items may not be null': '{ trees { id sound { shade } top { shade } } }',
    'loses the least that may be null, in lists of lists': `{
      trees { rows { id shade } } oaks { grid { id tint } } leafGrid { id name shade }
    }`,
    'loses all when nothing above may be null': '{ trees { id } surelyFailing { id } }',
    'loses one root field when that may be null': '{ failing { id name } tree(id: "oak") { id } }',
    'reports each failed item of a list': '{ failingList { id birds } }',
    'says null for an entity that one subgraph lacks, and no error where that is allowed': `{
      tree(id: "elm") { soil { ph } } trees { id soil { kind } }
    }`,
    'says an error for a field that may not be null of an entity that one subgraph lacks': `{
      tree(id: "elm") { id depth } trees { name depth }
    }`,
    'takes the null of a nested entity up to the nearest that may be null': `{
      tree(id: "elm") { crown { shade } } oak: tree(id: "oak") { crown { shade under { birds } } }
    }`,
    'maps errors to the aliases that the client gave': `{
      x: trees { y: leaves { z: shade w: tint } v: sound { u: id t: spots } }
    }`,
    'keeps errors of the same entity at each place it is used': `{
      one: tree(id: "elm") { top { tint } } two: tree(id: "elm") { sound { tint } leaves { tint } }
    }`,
    'refuses a null inside an item’s own list':
      '{ trees { top { veins spots } birds nests hollow } }',
    'says no data for an unknown thing that may not be null': '{ sureTree(id: "?") { id } }',
  },
  deviations: {
    'says why a field that may not be null is, when no subgraph did': {
      section: '6.4.4 Handling Field Errors',
      query: '{ tree(id: "elm") { id depth } trees { name depth } }',
    },
  },
});
