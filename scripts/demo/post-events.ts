import { z } from 'zod';

const answerSchema = z.object({ accepted: z.int(), duplicates: z.int() });

/** Sends events as NDJSON to the public ingestion endpoint. Rejects unless all were accepted. */
export async function postEvents(
  options: { url: string; writeKey: string; signal?: AbortSignal },
  events: readonly object[],
): Promise<void> {
  const response = await fetch(`${options.url}/v1/events`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${options.writeKey}`,
      'content-type': 'application/x-ndjson',
    },
    body: events.map((event) => JSON.stringify(event)).join('\n'),
    signal: options.signal ?? null,
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status}: ${text.slice(0, 300)}`);
  const { accepted, duplicates } = answerSchema.parse(JSON.parse(text));
  if (accepted + duplicates !== events.length) {
    throw new Error(`${accepted} of ${events.length} accepted`);
  }
}
