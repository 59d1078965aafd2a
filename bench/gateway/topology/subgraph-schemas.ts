import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import {
  productRows,
  type ReviewRow,
  reviewRows,
  reviewsOfAnyUser,
  userRows,
} from './graph-data.ts';

export const subgraphNames = ['accounts', 'inventory', 'products', 'reviews'] as const;
export type SubgraphName = (typeof subgraphNames)[number];

const link = /* GraphQL */ `
  extend schema
    @link(
      url: "https://specs.apollo.dev/federation/v2.3"
      import: ["@key", "@external", "@requires", "@provides", "@shareable"]
    )
`;

/** `seed` is read by nobody: see seed.ts. */
export const subgraphSdl: Record<SubgraphName, string> = {
  accounts: /* GraphQL */ `${link}
    type Query {
      me: User
      user(id: ID!): User
      users(seed: Int): [User]
    }
    type User @key(fields: "id") {
      id: ID!
      name: String
      username: String @shareable
      birthday: Int
    }
  `,
  inventory: /* GraphQL */ `${link}
    type Product @key(fields: "upc") {
      upc: String!
      weight: Int @external
      price: Int @external
      inStock: Boolean
      shippingEstimate: Int @requires(fields: "price weight")
    }
  `,
  products: /* GraphQL */ `${link}
    type Query {
      topProducts(first: Int = 5, seed: Int): [Product]
    }
    type Product @key(fields: "upc") {
      upc: String!
      name: String
      price: Int
      weight: Int
    }
  `,
  reviews: /* GraphQL */ `${link}
    type Review @key(fields: "id") {
      id: ID!
      body: String
      author: User @provides(fields: "username")
      product: Product
    }
    type User @key(fields: "id") {
      id: ID!
      username: String @external
      reviews: [Review]
    }
    type Product @key(fields: "upc") {
      upc: String!
      reviews: [Review]
    }
  `,
};

interface ProductKey {
  upc: string;
  price?: number;
  weight?: number;
}

const byId = ({ id }: { id: string }) => userRows.find((user) => user.id === id) ?? null;
const byUpc = ({ upc }: ProductKey) => productRows.find((product) => product.upc === upc) ?? null;

/** From what the gateway sent, so that one that sends too little answers wrongly. */
function shippingEstimate({ price, weight }: ProductKey): number | null {
  if (price === undefined || weight === undefined) return null;
  return price > 1000 ? 0 : Math.floor(weight / 2);
}

const resolvers: Record<SubgraphName, object> = {
  accounts: {
    Query: {
      me: () => userRows[0],
      user: (_: unknown, key: { id: string }) => byId(key),
      users: () => userRows,
    },
    User: { __resolveReference: byId },
  },
  inventory: {
    Product: {
      __resolveReference: (key: ProductKey) => ({ ...key, inStock: byUpc(key)?.inStock ?? null }),
      shippingEstimate,
    },
  },
  products: {
    Query: {
      topProducts: (_: unknown, { first }: { first: number }) => productRows.slice(0, first),
    },
    Product: { __resolveReference: byUpc },
  },
  reviews: {
    Review: {
      __resolveReference: ({ id }: ReviewRow) => reviewRows.find((review) => review.id === id),
      author: () => userRows[0],
      product: ({ upc }: ReviewRow) => ({ upc }),
    },
    User: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      reviews: () => reviewsOfAnyUser,
    },
    Product: {
      __resolveReference: ({ upc }: ProductKey) => ({ upc }),
      reviews: ({ upc }: ProductKey) => reviewRows.filter((review) => review.upc === upc),
    },
  },
};

export function buildSchema(name: SubgraphName): GraphQLSchema {
  return buildSubgraphSchema([
    { typeDefs: parse(subgraphSdl[name]), resolvers: resolvers[name] as Record<string, never> },
  ]);
}
