/** Text for a header line: control characters and line breaks of any kind become one space. */
export function toSingleLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}
