import { TributaryError } from '@tributary/errors';
import { type Cursor, cursorSchema } from '@tributary/pubsub';
import { z } from 'zod';
import { type GraphQLRequest, parseGraphQLRequest } from '../operations/graphql-request.ts';

/** What a client sends to subscribe, over whichever transport. */
export interface SubscriptionRequest extends GraphQLRequest {
  /** Given by clients that keep cursors; without a cursor on their first time. */
  resume: { cursor: Cursor | undefined } | undefined;
}

const resumeSchema = z.object({ cursor: cursorSchema.nullish() }).optional();

/** @throws INVALID_INPUT naming what is not as expected. */
export function parseSubscriptionRequest(payload: unknown): SubscriptionRequest {
  const request = parseGraphQLRequest(payload);
  const { success, data } = resumeSchema.safeParse(request.extensions.resume);
  if (!success) {
    const field = ['extensions', 'resume', 'cursor'];
    const message = `${field.join('.')}: expected the cursor of a result, or none.`;
    throw new TributaryError('INVALID_INPUT', message, field);
  }
  return { ...request, resume: data && { cursor: data.cursor ?? undefined } };
}
