/** What a fetch sends to say which entities it means: https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec */
import type {
  FetchDataRewrite,
  QueryPlanFieldNode,
  QueryPlanSelectionNode,
} from '@apollo/query-planner';
import { isResultObject, type ResultObject, readOwn } from '../result-object.ts';
import { mergeAnswer } from '../run/merge-answer.ts';
import { writeString } from '../write-string.ts';
import { compileRewrites } from './data-rewrites.ts';
import type { IsOfType } from './type-conditions.ts';

/** An entity's representation as JSON text; undefined when the entity lacks what it takes. */
export type Represent = (entity: ResultObject) => string | undefined;

export function compileRepresentation(
  requires: readonly QueryPlanSelectionNode[],
  rewrites: readonly FetchDataRewrite[] | undefined,
  isOfType: IsOfType,
): Represent {
  const rewrite = compileRewrites(rewrites, isOfType);
  const select = (entity: ResultObject) => {
    const representation = pick(requires, entity, isOfType);
    if (!representation || !readOwn(representation, '__typename')) return undefined;
    rewrite?.(representation);
    return JSON.stringify(representation);
  };
  if (rewrite) return select;
  const writers = createPlainWriters(requires, isOfType);
  return (entity) => {
    const write = writers(readOwn(entity, '__typename'));
    return write ? write(entity) : select(entity);
  };
}

/** The selected part of an object; null when a field that is selected outside of fragments is missing. */
function pick(
  selections: readonly QueryPlanSelectionNode[],
  source: unknown,
  isOfType: IsOfType,
): ResultObject | null {
  if (!isResultObject(source)) return null;
  const picked: ResultObject = {};
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const key = selection.alias ?? selection.name;
      const value = readOwn(source, key);
      if (value === undefined) return null;
      mergeAnswer(picked, { [key]: pickValue(selection, value, isOfType) });
    } else if (applies(selection.typeCondition, source, isOfType)) {
      mergeAnswer(picked, pick(selection.selections, source, isOfType) ?? {});
    }
  }
  return picked;
}

function pickValue(
  { selections }: QueryPlanFieldNode,
  value: unknown,
  isOfType: IsOfType,
): unknown {
  if (!selections) return value;
  if (!Array.isArray(value)) return pick(selections, value, isOfType);
  return value.map((item) => pickValue({ kind: 'Field', name: '', selections }, item, isOfType));
}

function applies(condition: string | undefined, source: ResultObject, isOfType: IsOfType): boolean {
  return condition !== undefined && isOfType(readOwn(source, '__typename'), condition);
}

/**
 * The usual case, one fragment of plain fields per type, written straight to text: a heavy operation
 * represents hundreds of entities. Any other shape has no such writer.
 */
function createPlainWriters(
  requires: readonly QueryPlanSelectionNode[],
  isOfType: IsOfType,
): (typename: unknown) => Represent | undefined {
  const writers = new Map<unknown, Represent | undefined>();
  return (typename) => {
    if (writers.has(typename)) return writers.get(typename);
    const fields = plainFields(requires, typename, isOfType);
    const writer = fields && writePlain(fields);
    if (typeof typename === 'string' && writers.size < 1000) writers.set(typename, writer);
    return writer;
  };
}

function plainFields(
  requires: readonly QueryPlanSelectionNode[],
  typename: unknown,
  isOfType: IsOfType,
): string[] | undefined {
  const matching = requires.filter(
    (selection) =>
      selection.kind === 'Field' ||
      (selection.typeCondition !== undefined && isOfType(typename, selection.typeCondition)),
  );
  const [only] = matching;
  if (matching.length !== 1 || only?.kind !== 'InlineFragment') return undefined;
  const plain = only.selections.flatMap((field) =>
    field.kind === 'Field' && !field.selections ? (field.alias ?? field.name) : [],
  );
  const complete = plain.length === only.selections.length && plain.includes('__typename');
  return complete && new Set(plain).size === plain.length ? plain : undefined;
}

function writePlain(keys: readonly string[]): Represent {
  const fields = keys.map((key, index) => ({
    key,
    head: `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`,
  }));
  return (entity) => {
    let text = '';
    for (const { key, head } of fields) {
      const value = readOwn(entity, key);
      if (value === undefined) return undefined;
      text += head + (typeof value === 'string' ? writeString(value) : JSON.stringify(value));
    }
    return `${text}}`;
  };
}
