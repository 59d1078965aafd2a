import { InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

/** Entities are kept once by type and id; connections grow page by page. */
export function createCache(): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      User: { fields: { notifications: relayStylePagination(['unreadOnly']) } },
      Workspace: {
        fields: {
          alerts: relayStylePagination(['state']),
          deadLetters: relayStylePagination(['status']),
          auditLog: relayStylePagination(['filter']),
          imports: relayStylePagination(),
          members: relayStylePagination(),
          metrics: relayStylePagination(),
          sources: relayStylePagination(),
        },
      },
    },
  });
}
