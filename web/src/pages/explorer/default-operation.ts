/** What the explorer opens with: one question that all four subgraphs answer together. */
export const defaultOperation = /* GraphQL */ `# One question, answered by four subgraphs.
# Ctrl-Enter (⌘-Enter on a Mac) runs it.
query Overview {
  viewer {
    name
    workspace {
      name
      dashboards(first: 3) {
        edges {
          node {
            name
            widgets {
              title
              metric {
                name
                value(windowMinutes: 60)
                alertRules {
                  name
                  severity
                  activeAlert {
                    state
                    value
                  }
                }
                source {
                  name
                  eventsLastMinute
                  openDeadLetterCount
                }
              }
            }
          }
        }
      }
    }
  }
}
`;
