/**
 * The shape of the well-known federation benchmark (graphql-hive/graphql-gateways-benchmark): six
 * users who each wrote the first two of eleven reviews, nine products, five of them "top".
 */
const people = ['Ada', 'Grace', 'Edsger', 'Barbara', 'Alan', 'Katherine'];

const filler =
  'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut ' +
  'labore et dolore magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco ' +
  'laboris nisi ut aliquip ex ea commodo consequat. Duis aute irure dolor in reprehenderit in ' +
  'voluptate velit esse cillum dolore eu fugiat nulla pariatur. Excepteur sint occaecat cupidatat ' +
  'non proident, sunt in culpa qui officia deserunt mollit anim id est laborum. ';

export interface UserRow {
  id: string;
  name: string;
  username: string;
  /** In seconds since the epoch. */
  birthday: number;
}

export interface ReviewRow {
  id: string;
  body: string;
  upc: string;
}

export interface ProductRow {
  upc: string;
  name: string;
  price: number;
  weight: number;
  inStock: boolean;
}

export const userRows: readonly UserRow[] = people.map((name, index) => ({
  id: String(index + 1),
  name,
  username: name.toLowerCase(),
  birthday: 900_000_000 + index,
}));

/** Characters of each review's body, and the product it is about. */
const reviewSizes = [
  [402, '1'],
  [261, '1'],
  [249, '1'],
  [131, '1'],
  [402, '2'],
  [261, '2'],
  [249, '2'],
  [131, '2'],
  [131, '3'],
  [131, '4'],
  [768, '4'],
] as const;

export const reviewRows: readonly ReviewRow[] = reviewSizes.map(([length, upc], index) => ({
  id: String(index + 1),
  body: filler.repeat(2).slice(index, index + length),
  upc,
}));

/** Of whoever wrote: always the first two. */
export const reviewsOfAnyUser = reviewRows.slice(0, 2);

const productFacts = [
  ['Table', 899, 100, true],
  ['Couch', 1299, 1000, false],
  ['Glass', 15, 20, false],
  ['Chair', 499, 100, false],
  ['Screen', 1299, 1000, true],
  ['Lamp', 6999, 300, true],
  ['Grill', 3999, 2000, true],
  ['Fridge', 100_000, 6000, false],
  ['Sofa', 9999, 800, true],
] as const;

export const productRows: readonly ProductRow[] = productFacts.map(
  ([name, price, weight, inStock], index) => ({
    upc: String(index + 1),
    name,
    price,
    weight,
    inStock,
  }),
);
