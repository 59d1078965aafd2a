import { graphql } from '../../generated/index.ts';

export const outboxQuery = graphql(`
  query Outbox {
    viewer {
      id
      localMails(first: 50) {
        id
        to
        subject
        text
        sentAt
      }
    }
  }
`);
