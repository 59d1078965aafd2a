import { z } from 'zod';

/** A message's number on its channel: the id of its stream entry, `<milliseconds>-<counter>`, ever growing. */
export const cursorSchema = z.string().regex(/^\d{1,15}-\d{1,15}$/);
export type Cursor = z.infer<typeof cursorSchema>;

/** A published message as it travels: the field's value under the number it can be asked for again with. */
const envelopeSchema = z.object({ cursor: cursorSchema, message: z.unknown() });
export type Envelope = z.infer<typeof envelopeSchema>;

/** @throws saying why a text from a channel is no published message. */
export function parseEnvelope(text: string): Envelope {
  return envelopeSchema.parse(JSON.parse(text));
}

/** Negative when `a` was published before `b`, 0 when they are the same. */
export function compareCursors(a: Cursor, b: Cursor): number {
  const [timeA = 0, counterA = 0] = a.split('-').map(Number);
  const [timeB = 0, counterB = 0] = b.split('-').map(Number);
  return timeA - timeB || counterA - counterB;
}
