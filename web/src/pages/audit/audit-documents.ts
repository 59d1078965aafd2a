import { graphql } from '../../generated/index.ts';

export const auditQuery = graphql(`
  query AuditLog($after: String) {
    workspace {
      id
      auditLog(first: 30, after: $after) {
        edges {
          node {
            id
            at
            action
            actorKind
            actorId
            targetType
            targetId
            address
            before
            after
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

export const verifyAuditQuery = graphql(`
  query VerifyAudit {
    workspace {
      id
      verifyAuditChain {
        entries
        isIntact
        firstFault
      }
    }
  }
`);
