/** People, some of whose fields are guarded; secrets, guarded as a type; drafts, guarded in one field. */
export const people = `
  type Query {
    me: User
    user(id: ID!): User
    users(first: Int): [User!]!
    node(id: ID!): Node
    titled: [Titled!]!
    search(text: String): [Hit!]!
    secret: Secret
    motto: String
    audit: String @authenticated
    payroll: String @policy(policies: [["hr"], ["finance", "board"]])
  }
  type Mutation {
    rename(name: String!): User @authenticated
    wipe(id: ID!): Boolean @requiresScopes(scopes: [["admin"], ["write:users", "write:all"]])
    greet: String
  }
  type Subscription { renamed: User @authenticated }
  interface Node { id: ID! }
  interface Titled { title: String words: Int }
  union Hit = User | Post | Secret
  enum Rank @authenticated { LOW HIGH }
  scalar Iban @requiresScopes(scopes: [["read:iban"]])
  type User implements Node @key(fields: "id") {
    id: ID!
    name(upper: Boolean): String!
    email: String! @requiresScopes(scopes: [["read:email"]])
    rank: Rank
    iban: Iban
    ibans: [[Iban!]!]!
    friends: [User!]!
    secret: Secret
    posts: [Post!]!
  }
  type Post implements Node & Titled { id: ID! title: String words: Int author: User! }
  type Draft implements Titled { title: String @authenticated words: Int author: User! }
  type Secret implements Node @requiresScopes(scopes: [["read:secret"]]) { id: ID! code: String! }
`;
