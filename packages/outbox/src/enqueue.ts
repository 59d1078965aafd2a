import type { ClientBase } from 'pg';

/** A message that leaves when the transaction that wrote it has committed. */
export interface OutboxMessage {
  /** What it is, e.g. a topic of the events catalogue. */
  name: string;
  /** Messages of one key leave in the order they were written. */
  key: string;
  payload: unknown;
}

/** Writes messages in the caller's transaction. */
export async function enqueue(
  client: ClientBase,
  messages: readonly OutboxMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  await client.query(
    'INSERT INTO outbox (name, key, payload) SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[])',
    [
      messages.map((message) => message.name),
      messages.map((message) => message.key),
      messages.map((message) => JSON.stringify(message.payload)),
    ],
  );
}
