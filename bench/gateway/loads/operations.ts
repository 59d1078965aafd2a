import type { Operation } from '../topology/reference-answer.ts';
import { firstSeed } from '../topology/seed.ts';

const variables = { seed: firstSeed };

/** The public benchmark's query: an answer of about 79 KB, 16 fetches in Apollo's plan. */
export const heavy: Operation = {
  query: /* GraphQL */ `
    query Heavy($seed: Int) {
      users(seed: $seed) {
        ...Person
        reviews {
          ...Opinion
          product {
            ...Goods
            reviews {
              ...Opinion
              author { ...Person reviews { ...Opinion product { ...Goods } } }
            }
          }
        }
      }
      topProducts {
        ...Goods
        reviews {
          ...Opinion
          author { ...Person reviews { ...Opinion product { ...Goods } } }
        }
      }
    }
    fragment Person on User { id username name }
    fragment Opinion on Review { id body }
    fragment Goods on Product { inStock name price shippingEstimate upc weight }
  `,
  variables,
};

/** Three fetches: products, then inventory and reviews at once. */
export const small: Operation = {
  query: /* GraphQL */ `
    query Small($seed: Int) {
      topProducts(first: 3, seed: $seed) { upc name price inStock reviews { id author { username } } }
    }
  `,
  variables,
};

/** The seed stands in the text, so each is an operation of its own to whoever caches operations. */
export const ownText: Operation = {
  query: `{ topProducts(first: 2, seed: ${firstSeed}) { upc name } }`,
};

/** Each touches products; one nothing else that may be in trouble, one reviews, one inventory. */
export const isolation = {
  healthy: {
    query:
      'query Healthy($seed: Int) { me { id name } topProducts(seed: $seed) { upc name price } }',
    variables,
  },
  slow: {
    query: 'query Slow($seed: Int) { topProducts(seed: $seed) { upc reviews { id } } }',
    variables,
  },
  failing: {
    query: 'query Failing($seed: Int) { topProducts(seed: $seed) { upc inStock } }',
    variables,
  },
} satisfies Record<string, Operation>;
