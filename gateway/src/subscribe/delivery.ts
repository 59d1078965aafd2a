import { type Cursor, cursorSchema } from '@tributary/pubsub';

/** A result's JSON, extensions included: written and encoded once, sent to many. */
export interface WrittenResult {
  text: string;
  /** The text in UTF-8. */
  bytes: Buffer;
}

/** A result as all members of a group get it. */
export interface Delivery extends WrittenResult {
  cursor: Cursor;
  /** The cursor's two numbers. */
  time: number;
  counter: number;
  /** What it updates; a later delivery of the same entity makes an unsent one needless. */
  entity: string | undefined;
  /** The state as it is, instead of what led to it. */
  snapshot: boolean;
}

/** What a result says beside its data; docs/subscriptions.md is the table for readers. */
export interface ResultExtensions {
  cursor?: Cursor;
  /** LIVE: caught up with, what happens now follows. STALLED: nothing arrives until LIVE is said again. */
  state?: 'LIVE' | 'STALLED';
  /** When it stalled. */
  since?: string;
  snapshot?: true;
  /** Messages before this one are lost to this subscription. */
  gap?: true;
  /** So many earlier updates of the entity were left out, because the client read too slowly. */
  skipped?: number;
}

export interface DeliverySource {
  /** JSON of a result, `{"data":…}`. */
  result: string;
  cursor: Cursor;
  entity?: string | undefined;
  snapshot?: boolean;
  gap?: boolean;
}

export function createDelivery(source: DeliverySource): Delivery {
  const { result, cursor, entity, snapshot = false, gap = false } = source;
  const [time = 0, counter = 0] = cursorSchema.parse(cursor).split('-').map(Number);
  const extensions: ResultExtensions = {
    cursor,
    ...(snapshot && { snapshot }),
    ...(gap && { gap }),
  };
  const written = writeResult(result, extensions);
  return { ...written, cursor, time, counter, entity, snapshot };
}

/** Adds extensions to a result that has none yet. */
export function writeResult(result: string, extensions: ResultExtensions): WrittenResult {
  const more = `"extensions":${JSON.stringify(extensions)}}`;
  return encode(result === '{}' ? `{${more}` : `${result.slice(0, -1)},${more}`);
}

function encode(text: string): WrittenResult {
  return { text, bytes: Buffer.from(text) };
}

/** The delivery once others of its entity were left out. */
export function withSkipped(delivery: Delivery, skipped: number): Delivery {
  // Its text ends with `…}}`: the extensions' brace and the result's.
  return { ...delivery, ...encode(`${delivery.text.slice(0, -2)},"skipped":${skipped}}}`) };
}
