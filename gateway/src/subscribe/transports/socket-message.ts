import { z } from 'zod';

const id = z.string().min(1).max(256);

const messageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connection_init'), payload: z.unknown().optional() }),
  z.object({ type: z.literal('ping') }),
  z.object({ type: z.literal('pong') }),
  z.object({ type: z.literal('subscribe'), id, payload: z.unknown().optional() }),
  z.object({ type: z.literal('complete'), id }),
]);

/** What a client of graphql-transport-ws may say. */
export type ClientMessage = z.infer<typeof messageSchema>;

export function parseClientMessage(text: string): ClientMessage | undefined {
  try {
    return messageSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
