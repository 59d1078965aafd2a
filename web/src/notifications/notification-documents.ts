import { graphql } from '../generated/index.ts';

// Declared for the code generator, which puts it into the documents below.
graphql(`
  fragment NotificationParts on Notification {
    id
    title
    body
    severity
    createdAt
    readAt
    deliveries {
      id
      channel
      status
      attempts
      lastError
      deliveredAt
    }
  }
`);

export const inboxQuery = graphql(`
  query Inbox($after: String) {
    viewer {
      id
      notifications(first: 20, after: $after) {
        edges {
          cursor
          node {
            ...NotificationParts
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

export const unreadCountQuery = graphql(`
  query UnreadCount {
    viewer {
      id
      unreadNotificationCount
    }
  }
`);

export const notificationReceivedSubscription = graphql(`
  subscription NotificationReceived {
    notificationReceived {
      ...NotificationParts
    }
  }
`);

export const markReadMutation = graphql(`
  mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) {
    markNotificationsRead(input: $input) {
      user {
        id
        unreadNotificationCount
      }
      userErrors {
        message
      }
    }
  }
`);
