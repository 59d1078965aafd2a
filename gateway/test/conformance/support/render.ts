import type { Row } from './entity.ts';
import { hash } from './faults.ts';
import type {
  Condition,
  FieldSelection,
  GeneratedOperation,
  Given,
  Selection,
} from './operations.ts';
import type { Operation } from './supergraph.ts';

/** The text and the variables of what was generated. The same always gives the same. */
export function render({ kind, selections }: GeneratedOperation): Operation {
  const fragments = new Map<string, string>();
  const declared = new Map<string, string>();
  const variables: Row = {};

  function block(given: readonly Selection[]): string {
    return `{ ${given.map(selection).join(' ')} }`;
  }

  function selection(given: Selection): string {
    const directives = given.conditions.map(condition).join('');
    if (given.kind === 'field') return field(given, directives);
    const content = block(given.selections);
    if (given.kind === 'inline')
      return `...${given.on ? ` on ${given.on}` : ''}${directives} ${content}`;
    const name = `F${short(`${given.on}${content}`)}`;
    fragments.set(name, `fragment ${name} on ${given.on} ${content}`);
    return `...${name}${directives}`;
  }

  function field(
    { name, alias, arguments: given, selections }: FieldSelection,
    directives: string,
  ) {
    const named = Object.entries(given).flatMap(([key, one]) =>
      one ? [`${key}: ${value(one)}`] : [],
    );
    const call = named.length > 0 ? `(${named.join(', ')})` : '';
    const label = alias ?? (call && `${name}_${short(call)}`);
    return `${label ? `${label}: ` : ''}${name}${call}${directives}${selections ? ` ${block(selections)}` : ''}`;
  }

  function condition({ directive, given }: Condition): string {
    return ` @${directive}(if: ${value(given)})`;
  }

  function value({ type, value: { text, json }, as, fallback }: Given): string {
    if (as === 'literal') return text;
    const initial = as === 'default' ? text : as === 'both' ? fallback.text : undefined;
    const name = `v${short(`${type}/${as}/${text}/${initial}`)}`;
    declared.set(name, `$${name}: ${type}${initial === undefined ? '' : ` = ${initial}`}`);
    if (as === 'variable' || as === 'both') variables[name] = json;
    return `$${name}`;
  }

  const content = block(selections);
  const header = declared.size > 0 ? ` (${[...declared.values()].join(', ')})` : '';
  return { query: [`${kind}${header} ${content}`, ...fragments.values()].join('\n'), variables };
}

const short = (text: string) => hash(text).toString(36);
