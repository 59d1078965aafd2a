/** Up to this length a look at each character costs less than JSON.stringify does. */
const shortLength = 42;

/** A string as JSON. Most are short and need no escaping. */
export function writeString(text: string): string {
  if (text.length > shortLength) return JSON.stringify(text);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Control characters, `"`, `\\`, and surrogates, which may stand alone.
    if (code < 32 || code === 34 || code === 92 || (code >= 0xd800 && code <= 0xdfff)) {
      return JSON.stringify(text);
    }
  }
  return `"${text}"`;
}
