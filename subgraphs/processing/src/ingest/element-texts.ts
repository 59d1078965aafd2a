import { isEscaped } from './locate-json-fault.ts';

const quote = 0x22;
const comma = 0x2c;

/**
 * The texts of a JSON array's elements, so that each can be judged by itself and kept as it came.
 * Undefined when the text is no closed array. Elements are JSON only if JSON.parse says so.
 */
export function elementTexts(text: string): string[] | undefined {
  const elements: string[] = [];
  const start = text.indexOf('[');
  let elementStart = start + 1;
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === comma && depth === 1) {
      elements.push(text.slice(elementStart, at));
      elementStart = at + 1;
    } else if (isOpening(code)) depth += 1;
    else if (isClosing(code)) depth -= 1;
    if (depth > 0) continue;
    if (text.charAt(at) !== ']' || text.slice(at + 1).trim() !== '') return undefined;
    const last = text.slice(elementStart, at);
    return elements.length === 0 && last.trim() === '' ? [] : [...elements, last];
  }
  return undefined;
}

/** The offset of the closing quote, or of the text's end. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

/** `[` or `{`. */
function isOpening(code: number): boolean {
  return code === 0x5b || code === 0x7b;
}

/** `]` or `}`. */
function isClosing(code: number): boolean {
  return code === 0x5d || code === 0x7d;
}
