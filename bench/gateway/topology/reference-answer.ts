/**
 * What an operation has to be answered with, by graphql-js alone: one schema, the same rows, and no
 * federation in between.
 */
import { buildSchema, type ExecutionResult, graphql } from 'graphql';
import { productRows, reviewRows, reviewsOfAnyUser, userRows } from './graph-data.ts';

const schema = buildSchema(/* GraphQL */ `
  type Query {
    me: User
    users(seed: Int): [User]
    topProducts(first: Int = 5, seed: Int): [Product]
  }
  type User { id: ID! name: String username: String birthday: Int reviews: [Review] }
  type Review { id: ID! body: String author: User product: Product }
  type Product {
    upc: String!
    name: String
    price: Int
    weight: Int
    inStock: Boolean
    shippingEstimate: Int
    reviews: [Review]
  }
`);

type Row = Record<string, unknown>;

const users: Row[] = userRows.map((row) => ({
  ...row,
  reviews: () => reviews.slice(0, reviewsOfAnyUser.length),
}));

const products: Row[] = productRows.map((row) => ({
  ...row,
  shippingEstimate: row.price > 1000 ? 0 : Math.floor(row.weight / 2),
  reviews: () => reviews.filter((_, index) => reviewRows[index]?.upc === row.upc),
}));

const reviews: Row[] = reviewRows.map((row) => ({
  id: row.id,
  body: row.body,
  author: () => users[0],
  product: () => products[Number(row.upc) - 1],
}));

const rootValue = {
  me: users[0],
  users,
  topProducts: ({ first }: { first: number }) => products.slice(0, first),
};

export interface Operation {
  query: string;
  variables?: Record<string, unknown>;
}

/** The `data` of the answer, with keys in the order asked for. */
export async function referenceAnswer({ query, variables }: Operation): Promise<unknown> {
  const result: ExecutionResult = await graphql({
    schema,
    source: query,
    rootValue,
    ...(variables && { variableValues: variables }),
  });
  if (result.errors) throw new AggregateError(result.errors, 'The operation itself is wrong.');
  return JSON.parse(JSON.stringify(result.data));
}
