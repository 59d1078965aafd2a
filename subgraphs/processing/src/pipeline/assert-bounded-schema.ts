/**
 * Bounds what a schema can cost everybody else: compiling and checking both grow with its size when
 * every reference is written out, which recursion or references to references make boundless.
 */
const mostNodes = 2_000;
/** Hold values, not schemas. */
const values = new Set(['const', 'enum', 'default', 'examples']);

type Node = Readonly<Record<string, unknown>>;

/** @throws an Error that says what is not supported, or how large the schema is. */
export function assertBoundedSchema(root: Node): void {
  const sizes = new Map<object, number>();
  const open = new Set<object>();

  function sizeOf(node: object): number {
    const known = sizes.get(node);
    if (known !== undefined) return known;
    if (open.has(node)) throw new Error('a schema that refers to itself is not supported');
    open.add(node);
    const parts = Object.entries(node).map(([name, part]) => sizeOfPart(name, part));
    const size = parts.reduce((sum, part) => sum + part, 1);
    if (size > mostNodes)
      throw new Error(`with its references it has more than ${mostNodes} parts`);
    open.delete(node);
    sizes.set(node, size);
    return size;
  }

  function sizeOfPart(name: string, part: unknown): number {
    if (name === '$ref' && typeof part === 'string') return sizeOf(targetOf(root, part));
    assertSupported(name, part);
    return typeof part === 'object' && part !== null && !values.has(name) ? sizeOf(part) : 0;
  }

  const { $id, ...rest } = root;
  if ($id !== undefined && typeof $id !== 'string') throw new Error('$id must be a string');
  sizeOf(rest);
}

function assertSupported(name: string, part: unknown): void {
  const isKeyword = typeof part === 'string';
  if (isKeyword && (name === '$dynamicRef' || name === '$recursiveRef' || name === '$id')) {
    throw new Error(`${name} is not supported within a schema`);
  }
}

/** What a JSON Pointer within the schema leads to, e.g. `#/$defs/address`. */
function targetOf(root: Node, reference: string): object {
  if (!reference.startsWith('#/')) {
    throw new Error(
      `cannot resolve ${reference.slice(0, 100)}: only references such as #/$defs/name are supported`,
    );
  }
  const steps = reference.slice(2).split('/').map(decodeStep);
  let target: unknown = root;
  for (const step of steps) {
    const isHere = typeof target === 'object' && target !== null && Object.hasOwn(target, step);
    target = isHere ? Reflect.get(Object(target), step) : undefined;
  }
  if (typeof target === 'object' && target !== null) return target;
  throw new Error(`cannot resolve ${reference.slice(0, 100)}`);
}

function decodeStep(step: string): string {
  return decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
}
