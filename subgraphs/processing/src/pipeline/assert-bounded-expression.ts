/** Loops over lists, and names for values in between: what lets a value grow by more than is written. */
const multipliers = new Set(['all', 'exists', 'exists_one', 'map', 'filter', 'bind']);
const mostMultipliers = 2;
/** Without a multiplier each sum happens once; with two of them, sums of sums of sums. */
const mostSums = 64;
const mostMultipliedSums = 8;

/** Linear in what they are given, and answering nothing larger. */
const functions = new Set([
  ...multipliers,
  'has',
  'size',
  'int',
  'double',
  'string',
  'bool',
  'timestamp',
  'duration',
  'startsWith',
  'endsWith',
  'contains',
  'lowerAscii',
  'upperAscii',
  'trim',
  'substring',
  'indexOf',
  'lastIndexOf',
  'split',
  'getFullYear',
  'getMonth',
  'getDate',
  'getDayOfMonth',
  'getDayOfWeek',
  'getDayOfYear',
  'getHours',
  'getMinutes',
  'getSeconds',
  'getMilliseconds',
]);

interface Tally {
  multipliers: number;
  sums: number;
}

/** Looks through a parsed expression. @throws an Error that says which bound it breaks. */
export function assertBoundedExpression(root: unknown): void {
  const tally: Tally = { multipliers: 0, sums: 0 };
  visit(root, tally);
  if (tally.multipliers > mostMultipliers) {
    throw new Error(`must have at most ${mostMultipliers} of map, filter, all, exists and bind`);
  }
  const most = tally.multipliers > 0 ? mostMultipliedSums : mostSums;
  if (tally.sums <= most) return;
  const beside = tally.multipliers > 0 ? ' beside map, filter, all, exists or bind' : '';
  throw new Error(`must have at most ${most} additions${beside}`);
}

function visit(node: unknown, tally: Tally): void {
  if (Array.isArray(node)) for (const part of node) visit(part, tally);
  if (!isNode(node)) return;
  if (node.op === '+') tally.sums += 1;
  if (node.op === 'call' || node.op === 'rcall') visitCall(node.args, tally);
  visit(node.args, tally);
}

function visitCall(args: unknown, tally: Tally): void {
  const name = Array.isArray(args) ? String(args[0]) : '';
  if (!functions.has(name)) throw new Error(`${name}() is no function that may be called here`);
  if (multipliers.has(name)) tally.multipliers += 1;
}

function isNode(node: unknown): node is { op: string; args: unknown } {
  return typeof node === 'object' && node !== null && 'op' in node && 'args' in node;
}
