/** A record's text as indented JSON; as it is when it is no JSON. */
export function prettyOriginal(original: string): string {
  try {
    return JSON.stringify(JSON.parse(original), null, 2);
  } catch {
    return original;
  }
}

export type ParsedEvent = { ok: true; event: unknown } | { ok: false; message: string };

/** Reads an edited event; the message says where the JSON breaks off, in the browser's words. */
export function parseEvent(text: string): ParsedEvent {
  try {
    return { ok: true, event: JSON.parse(text) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ok: false, message: `This is not JSON yet: ${detail}` };
  }
}
