import type { CostProgram, Term } from './cost-program.ts';

/** What the lists of one name in a selection set cost. */
export interface ListCost {
  /** As long as their own `@listSize`, or the default, says. */
  own: Term;
  /** Per entry, where a field above says how many there are. */
  each: Term;
  /** However many there are: their arguments. */
  once: Term;
}

/** What a selection set costs, whatever it is spread into: the size of its lists may be said there. */
export interface SetCost {
  /** All but the lists. */
  rest: Term;
  lists: ReadonlyMap<string, ListCost>;
}

/** How many entries the fields of these names have, said from above. */
export interface SizedFields {
  names: readonly string[];
  size: Term;
}

export function totalOf(program: CostProgram, set: SetCost, sized: SizedFields): Term {
  const lists = [...set.lists].map(([name, list]) =>
    sized.names.includes(name)
      ? program.sum([program.product(sized.size, list.each), list.once])
      : list.own,
  );
  return program.sum([set.rest, ...lists]);
}

export function addSets(program: CostProgram, sets: readonly SetCost[]): SetCost {
  const lists = new Map<string, ListCost>();
  for (const [name, list] of sets.flatMap((set) => [...set.lists])) {
    const known = lists.get(name);
    lists.set(name, known ? addLists(program, known, list) : list);
  }
  return { rest: program.sum(sets.map(({ rest }) => rest)), lists };
}

function addLists(program: CostProgram, left: ListCost, right: ListCost): ListCost {
  return {
    own: program.sum([left.own, right.own]),
    each: program.sum([left.each, right.each]),
    once: program.sum([left.once, right.once]),
  };
}

/** The set under a condition that is 1 or 0. */
export function scaleSet(program: CostProgram, set: SetCost, factor: Term): SetCost {
  if (factor === 1) return set;
  const scale = (term: Term) => program.product(term, factor);
  return {
    rest: scale(set.rest),
    lists: new Map(
      [...set.lists].map(([name, { own, each, once }]) => [
        name,
        { own: scale(own), each: scale(each), once: scale(once) },
      ]),
    ),
  };
}
