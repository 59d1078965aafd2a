/** How the subgraphs of the test supergraph begin. */
export const subgraphLinks = `
  extend schema
    @link(
      url: "https://specs.apollo.dev/federation/v2.9"
      import: ["@key", "@shareable", "@requiresScopes", "@authenticated", "@policy", "@composeDirective"]
    )
    @link(url: "https://tributary.dev/topic/v1.0", import: ["@topic"])
    @composeDirective(name: "@topic")
  directive @topic(
    name: String!
    filter: [String!]
    conflateBy: String
    snapshot: String
  ) on FIELD_DEFINITION
`;
