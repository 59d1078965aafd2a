import { entity, identityOf, type Row, read, where } from '../support/entity.ts';
import { defineSupergraph, link } from '../support/supergraph.ts';

const warehouse = { code: 'oslo', country: { code: 'NO' } };
const rate: Record<string, number> = { EUR: 1, USD: 2 };

const nord = entity('Brand', 'b1/home', { id: 'b1', line: 'home', title: 'Nord' });

function product(id: string, fields: Row) {
  return entity('Product', id, {
    id,
    price: ({ currency }: { currency: string }) => Number(fields.cents) * Number(rate[currency]),
    ...fields,
  });
}

const lamp = product('p1', {
  sku: 'LAMP',
  brand: nord,
  name: 'Lamp',
  cents: 300,
  dimensions: entity('Dimensions', 'd1', { weight: 4, height: 2, unit: 'KG' }),
  tags: ['light', 'home'],
});
const rug = product('p2', {
  sku: null,
  brand: nord,
  name: 'Rug',
  cents: 900,
  dimensions: entity('Dimensions', 'd2', { weight: 11, height: 1, unit: 'KG' }),
  tags: [],
});
/** Nobody else knows of it. */
const relic = product('p3', {
  sku: 'RELIC',
  brand: null,
  name: null,
  cents: 0,
  dimensions: null,
  tags: null,
});

const stores = [
  entity('Store', 's1', { warehouse, name: 'Harbour', open: true }),
  entity('Store', 's2', { warehouse, name: 'Station', open: null }),
];
const stock = (id: string, sku: string | null, units: number) =>
  entity('Product', id, {
    id,
    sku,
    units,
    shippingEstimate(this: Row) {
      const { weight } = (read(this, 'dimensions') ?? {}) as { weight?: number };
      const price = Number(read(this, 'price', { currency: 'USD' }));
      return weight === undefined ? null : weight * 10 + (price > 1000 ? 0 : 5);
    },
    stores,
  });

const brands = [
  nord,
  entity('Brand', 'b1/work', { id: 'b1', line: 'work', title: 'Nord at work' }),
];
const ada = entity('User', 'u1', { id: 'u1', name: 'Ada', email: 'ada@example.org' });
const ben = entity('User', 'u2', { id: 'u2', name: 'Ben', email: null });

const reviews = [
  entity('Review', 'r1', { id: 'r1', body: 'Bright', stars: 5, product: lamp, author: ada }),
  entity('Review', 'r2', { id: 'r2', body: null, stars: 2, product: lamp, author: ben }),
  entity('Review', 'r3', { id: 'r3', body: 'Soft', stars: 4, product: rug, author: null }),
];

function reviewed(id: string) {
  const own = reviews.filter((review) => identityOf(review.product) === id);
  return entity('Product', id, {
    id,
    reviews: ({ first }: { first: number }) => own.slice(0, first),
    stars: own.length > 0 ? own.reduce((sum, { stars }) => sum + Number(stars), 0) : null,
  });
}

export const shop = defineSupergraph({
  name: 'shop: keys of every kind, @requires, @provides, @shareable',
  subgraphs: {
    products: {
      sdl: `${link('@key', '@shareable')}
        type Query {
          products: [Product!]!
          product(id: ID!): Product
          featured: Product!
        }
        type Product @key(fields: "id") @key(fields: "sku") @key(fields: "brand { id line }") {
          id: ID!
          sku: String
          brand: Brand
          name: String
          price(currency: Currency! = EUR): Int!
          dimensions: Dimensions
          tags: [String!]
        }
        type Brand @key(fields: "id line") { id: ID! line: String! }
        type Dimensions @shareable { weight: Int! height: Int unit: String! }
        enum Currency { EUR USD }
      `,
      entities: [lamp, rug, relic],
      root: {
        products: [lamp, rug, relic],
        product: (given: Row) => where([lamp, rug, relic], given),
        featured: lamp,
      },
    },
    brands: {
      sdl: `${link('@key')}
        type Query { brands: [Brand] brand(id: ID! = "b1", line: String! = "home"): Brand }
        type Brand @key(fields: "id line") { id: ID! line: String! title: String! }
      `,
      entities: brands,
      root: {
        brands: [...brands, null],
        brand: (given: Row) => where(brands, given),
      },
    },
    inventory: {
      sdl: `${link('@key', '@external', '@requires', '@shareable')}
        type Query { nearest(units: Int = 1): [Store!] }
        type Product @key(fields: "id") @key(fields: "sku") {
          id: ID!
          sku: String
          price(currency: Currency! = EUR): Int! @external
          dimensions: Dimensions @external
          units: Int!
          shippingEstimate: Int
            @requires(fields: "dimensions { weight ... on Dimensions { unit } } price(currency: USD)")
          stores: [Store!]!
        }
        type Dimensions @shareable { weight: Int! unit: String! }
        enum Currency { EUR USD }
        type Store @key(fields: "warehouse { code country { code } } name") {
          warehouse: Warehouse!
          name: String!
          open: Boolean
        }
        type Warehouse { code: String! country: Country! }
        type Country { code: String! }
      `,
      entities: [stock('p1', 'LAMP', 7), stock('p2', null, 0), ...stores],
      root: { nearest: ({ units }: { units: number | null }) => (units ? [] : null) },
    },
    staff: {
      sdl: `${link('@key', '@shareable')}
        type Query { storeOfTheYear: Store }
        type Store @key(fields: "warehouse { code country { code } } name") {
          warehouse: Warehouse! @shareable
          name: String! @shareable
          clerks: [String]!
        }
        type Warehouse @shareable { code: String! country: Country! }
        type Country @shareable { code: String! }
      `,
      entities: [
        entity('Store', 's1', { warehouse, name: 'Harbour', clerks: ['Cy', null] }),
        entity('Store', 's2', { warehouse, name: 'Station', clerks: [] }),
      ],
      root: { storeOfTheYear: entity('Store', 's1', { warehouse, name: 'Harbour' }) },
    },
    reviews: {
      sdl: `${link('@key', '@external', '@provides', '@shareable')}
        type Query { latest(first: Int! = 2): [Review!]! review(id: ID!): Review }
        type Product @key(fields: "id") { id: ID! reviews(first: Int! = 10): [Review!]! stars: Int }
        type Review @key(fields: "id") {
          id: ID!
          body: String
          stars: Int!
          product: Product!
          author: User @provides(fields: "name")
        }
        type User @key(fields: "id") { id: ID! name: String @external }
      `,
      entities: [reviewed('p1'), reviewed('p2'), ...reviews, ada, ben],
      root: {
        latest: ({ first }: { first: number }) => reviews.slice(0, first),
        review: (given: Row) => where(reviews, given),
      },
    },
    accounts: {
      sdl: `${link('@key', '@shareable')}
        type Query { me: User user(id: ID!): User }
        type User @key(fields: "id") { id: ID! name: String @shareable email: String }
      `,
      entities: [ada, ben],
      root: {
        me: ada,
        user: (given: Row) => where([ada, ben], given),
      },
    },
  },
  operations: {
    'joins by whichever of several keys the next subgraph knows': `{
      products { sku units reviews { id } brand { title } }
    }`,
    'leaves out what only a null key leads to': '{ product(id: "p2") { sku units } }',
    'joins by a key of nested objects': `{
      product(id: "p1") { stores { clerks name open } }
      storeOfTheYear { open warehouse { country { code } code } }
    }`,
    'fetches what a field requires, with its arguments and fragments, whatever the client asked': `{
      products { eur: price shippingEstimate } featured { cents: price(currency: EUR) usd: price(currency: USD) }
    }`,
    'gives each use of a field its own arguments': `{
      product(id: "p1") { one: reviews(first: 1) { id } none: reviews(first: 0) { id } reviews { stars } }
    }`,
    'answers provided fields as the owner would': `{
      latest { author { name } } review(id: "r3") { author { name email } product { name } }
    }`,
    'says null for what was not found': '{ product(id: "p9") { name } user(id: "u9") { email } }',
    'says null for an entity that the next subgraph lacks': '{ product(id: "p3") { name stars } }',
    'keeps the order that the operation asks for': `{
      b: products { reviews { author { email name id } id } name id }
      a: me { email id }
    }`,
    'says the type name everywhere': `{
      __typename me { __typename } products { __typename reviews { __typename author { t: __typename } } }
    }`,
    'uses defaults of arguments and of variables': {
      query: `query ($line: String! = "work", $first: Int! = 1, $currency: Currency! = USD) {
        home: brand { title } work: brand(line: $line) { title }
        latest(first: $first) { id } featured { price(currency: $currency) }
      }`,
    },
    'lets a variable win over its default': {
      query: 'query ($line: String! = "work") { brand(line: $line) { title } }',
      variables: { line: 'home' },
    },
    'tells null from nothing in arguments': `{ nearest { name } none: nearest(units: null) { name } }`,
    'merges fields that are asked for twice': `
      query { me { id ...Name } me { email } featured { reviews { id } ...Reviews } }
      fragment Name on User { name }
      fragment Reviews on Product { reviews { stars author { id } } }
    `,
    'answers questions about the schema beside data': `{
      me { name } __type(name: "Brand") { name fields { name } } __schema { queryType { name } }
    }`,
  },
  deviations: {
    'takes a variable of any name, even one that fetches use themselves': {
      section: '2.10 Variables',
      query:
        'query ($representations: Int!) { product(id: "p1") { reviews(first: $representations) { id } } }',
      variables: { representations: 1 },
    },
  },
});
