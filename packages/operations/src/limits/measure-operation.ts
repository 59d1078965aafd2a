import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../fragments-of.ts';

/** What an operation selects, with fragments counted wherever they are spread. */
export interface OperationFigures {
  depth: number;
  aliases: number;
  directives: number;
  rootFields: number;
  fields: number;
}

const nothing: OperationFigures = { depth: 0, aliases: 0, directives: 0, rootFields: 0, fields: 0 };

/**
 * Measures a document as parsed, before validation: a fragment that nobody defined counts nothing,
 * and a cycle is counted once around, since validation refuses both. Each fragment is measured once
 * and added where it is spread, so the work is linear in the document however much it expands to.
 */
export function measureOperation(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationFigures {
  const fragments = fragmentsOf(document);
  const measured = new Map<string, OperationFigures>();
  const figures = measureSet(operation.selectionSet);
  figures.directives += operation.directives?.length ?? 0;
  for (const { directives } of operation.variableDefinitions ?? []) {
    figures.directives += directives?.length ?? 0;
  }
  return capped(figures);

  function measureSet({ selections }: SelectionSetNode): OperationFigures {
    const sum = { ...nothing };
    for (const selection of selections) add(sum, selection);
    return sum;
  }

  /** `rootFields` are the fields of the set itself. */
  function add(sum: OperationFigures, selection: SelectionNode): void {
    const inner = figuresOf(selection);
    const isField = selection.kind === Kind.FIELD;
    sum.depth = Math.max(sum.depth, inner.depth + (isField ? 1 : 0));
    sum.aliases += inner.aliases + (isField && selection.alias ? 1 : 0);
    sum.directives += inner.directives + (selection.directives?.length ?? 0);
    sum.fields += inner.fields + (isField ? 1 : 0);
    sum.rootFields += isField ? 1 : inner.rootFields;
  }

  function figuresOf(selection: SelectionNode): OperationFigures {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return measureFragment(selection.name.value);
    return selection.selectionSet ? measureSet(selection.selectionSet) : nothing;
  }

  function measureFragment(name: string): OperationFigures {
    const known = measured.get(name);
    if (known) return known;
    // Stands for itself until it is measured, which ends a cycle.
    measured.set(name, nothing);
    const fragment = fragments.get(name);
    if (!fragment) return nothing;
    const figures = measureSet(fragment.selectionSet);
    figures.directives += fragment.directives?.length ?? 0;
    measured.set(name, figures);
    return figures;
  }
}

/** Doubling a few dozen times leaves what an integer can tell. */
function capped(figures: OperationFigures): OperationFigures {
  const cap = (figure: number) => Math.min(figure, Number.MAX_SAFE_INTEGER);
  return {
    depth: cap(figures.depth),
    aliases: cap(figures.aliases),
    directives: cap(figures.directives),
    rootFields: cap(figures.rootFields),
    fields: cap(figures.fields),
  };
}
