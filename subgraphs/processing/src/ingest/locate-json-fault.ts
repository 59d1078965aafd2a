/** Where a text stops being JSON (RFC 8259): V8's own messages do not always say. Runs on faulty texts only. */

type Expected =
  | 'value'
  | 'value or ]'
  | 'name'
  | 'name or }'
  | 'colon'
  | 'comma or end'
  | 'nothing';

const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)(?!\w)/y;
const cutOff = /[-+.\w]*$/y;
const whitespace = /[ \t\n\r]*/y;
/** A good escape, or in the group what may not stand in a string. */
const stringPart = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|([^\u0020-\uffff]|\\)/g;
const cutEscape = /^\\(?:u[0-9a-fA-F]{0,3})?$/;

/** The offset of the first character that cannot be there, the length where the text ends too early, undefined for JSON. */
export function locateJsonFault(text: string): number | undefined {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = skip(whitespace, text, 0);
  while (at < text.length) {
    const character = text.charAt(at);
    const step = read(text, at, expected);
    if (step.fault !== undefined) return step.fault;
    if (character === '{' || character === '[') open.push(character);
    else if (character === '}' || character === ']') {
      if (open.pop() !== (character === '}' ? '{' : '[')) return at;
    }
    expected = next(character, expected, open.at(-1));
    at = skip(whitespace, text, step.end);
  }
  return expected === 'nothing' ? undefined : text.length;
}

interface Step {
  end: number;
  fault?: number;
}

/** One token, if it may stand here. */
function read(text: string, at: number, expected: Expected): Step {
  const character = text.charAt(at);
  const isAllowed = allowed(character, expected);
  if (!isAllowed) return { end: at, fault: at };
  if (character === '"') return readString(text, at);
  if ('{}[],:'.includes(character)) return { end: at + 1 };
  const end = skip(scalar, text, at);
  if (end > at) return { end };
  return { end: at, fault: skip(cutOff, text, at) === text.length ? text.length : at };
}

function allowed(character: string, expected: Expected): boolean {
  switch (expected) {
    case 'value':
      return !'}],:'.includes(character);
    case 'value or ]':
      return !'},:'.includes(character);
    case 'name':
      return character === '"';
    case 'name or }':
      return character === '"' || character === '}';
    case 'colon':
      return character === ':';
    case 'comma or end':
      return ',}]'.includes(character);
    case 'nothing':
      return false;
  }
}

function next(character: string, expected: Expected, inside: '{' | '[' | undefined): Expected {
  if (character === '{') return 'name or }';
  if (character === '[') return 'value or ]';
  if (character === ':') return 'value';
  if (character === ',') return inside === '{' ? 'name' : 'value';
  if (expected === 'name' || (expected === 'name or }' && character === '"')) return 'colon';
  return inside === undefined ? 'nothing' : 'comma or end';
}

function readString(text: string, start: number): Step {
  let quote = text.indexOf('"', start + 1);
  while (quote !== -1 && isEscaped(text, quote)) quote = text.indexOf('"', quote + 1);
  const end = quote === -1 ? text.length : quote + 1;
  const content = text.slice(start + 1, quote === -1 ? text.length : quote);
  for (const part of content.matchAll(stringPart)) {
    if (part[1] === undefined) continue;
    const isCut = quote === -1 && cutEscape.test(content.slice(part.index, part.index + 7));
    return { end, fault: isCut ? text.length : start + 1 + part.index };
  }
  return quote === -1 ? { end, fault: text.length } : { end };
}

/** Whether an odd number of backslashes stands before. */
export function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first - 1) === 0x5c) first -= 1;
  return (at - first) % 2 === 1;
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
