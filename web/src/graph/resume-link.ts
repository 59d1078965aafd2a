import { ApolloLink } from '@apollo/client';
import { filter, tap } from 'rxjs';
import type { ConnectionStore, Standing } from './connection-store.ts';

/** What the gateway says of a result beside its data; see docs/subscriptions.md. */
interface LiveExtensions extends Partial<Standing> {
  cursor?: string;
  snapshot?: boolean;
  gap?: boolean;
  skipped?: number;
}

/**
 * Lets subscriptions resume where they were: whenever the socket subscribes again, it sends the last
 * cursor along. Results that hold news of the subscription alone go no further than here.
 */
export function createResumeLink(connection: ConnectionStore): ApolloLink {
  return new ApolloLink((operation, forward) => {
    const resume: { cursor: string | null } = { cursor: null };
    operation.extensions.resume = resume;
    return forward(operation).pipe(
      tap(({ extensions }) => {
        const { cursor, state, since, snapshot, gap, skipped }: LiveExtensions = extensions ?? {};
        resume.cursor = cursor ?? resume.cursor;
        if (state) connection.stands({ state, ...(since !== undefined && { since }) });
        if (skipped || (gap && !snapshot)) connection.missed();
      }),
      filter(({ data, errors }) => data !== undefined || errors !== undefined),
    );
  });
}
