import { type DirectiveNode, Kind, type SelectionNode } from 'graphql';
import type { CostProgram, Term } from './cost-program.ts';

/** 1 where `@skip` and `@include` let the selection be, else 0. */
export function readCondition(program: CostProgram, { directives = [] }: SelectionNode): Term {
  return directives.reduce<Term>(
    (product, directive) => program.product(product, readDirective(program, directive)),
    1,
  );
}

function readDirective(program: CostProgram, directive: DirectiveNode): Term {
  const isSkip = directive.name.value === 'skip';
  if (!isSkip && directive.name.value !== 'include') return 1;
  const value = directive.arguments?.find(({ name }) => name.value === 'if')?.value;
  if (value?.kind === Kind.BOOLEAN) return Number(value.value !== isSkip);
  if (value?.kind !== Kind.VARIABLE) return 1;
  const variable = value.name.value;
  return program.read((variables) => Number((variables[variable] === true) !== isSkip));
}
