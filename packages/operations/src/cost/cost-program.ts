/** Coerced values of an operation's variables, by name. */
export type Variables = Readonly<Record<string, unknown>>;

/** A number, or where in the program one is computed from variables. */
export type Term = number | { readonly step: number };

type Step =
  | { readonly kind: 'read'; readonly read: (variables: Variables) => number }
  | { readonly kind: 'sum'; readonly constant: number; readonly steps: readonly number[] }
  | { readonly kind: 'product'; readonly left: number; readonly right: Term };

export interface CostProgram {
  read(read: (variables: Variables) => number): Term;
  sum(terms: readonly Term[]): Term;
  product(left: Term, right: Term): Term;
  /** A function that computes the term; without variables, what it returns is known by now. */
  compile(result: Term): (variables: Variables) => number;
}

/**
 * Arithmetic on variables as a list of steps, each computed once per evaluation: what many places of
 * an operation share (a fragment) costs as much as one. Constants are folded while it is built.
 */
export function createCostProgram(): CostProgram {
  const steps: Step[] = [];

  const add = (step: Step): Term => ({ step: steps.push(step) - 1 });

  return {
    read: (read) => add({ kind: 'read', read }),
    sum(terms) {
      const constant = terms.reduce<number>((sum, term) => sum + constantOf(term), 0);
      const computed = terms.flatMap((term) => (typeof term === 'number' ? [] : [term.step]));
      const [only] = computed;
      if (only === undefined) return constant;
      if (computed.length === 1 && constant === 0) return { step: only };
      return add({ kind: 'sum', constant, steps: computed });
    },
    product(left, right) {
      if (left === 0 || right === 0) return 0;
      if (typeof left !== 'number')
        return right === 1 ? left : add({ kind: 'product', left: left.step, right });
      if (typeof right !== 'number')
        return left === 1 ? right : add({ kind: 'product', left: right.step, right: left });
      return left * right;
    },
    compile(result) {
      if (typeof result === 'number') return () => result;
      const values = new Float64Array(steps.length);
      const needed = neededFor(result.step, steps);
      return (variables) => {
        for (const { place, step } of needed) values[place] = evaluate(step, values, variables);
        return values[result.step] ?? 0;
      };
    },
  };
}

function constantOf(term: Term): number {
  return typeof term === 'number' ? term : 0;
}

/** The steps that a result rests on, in their order: a step rests on earlier ones only. */
function neededFor(result: number, steps: readonly Step[]): { place: number; step: Step }[] {
  const needed = new Set([result]);
  for (let place = result; place >= 0; place -= 1) {
    const step = needed.has(place) ? steps[place] : undefined;
    if (step?.kind === 'sum') for (const term of step.steps) needed.add(term);
    if (step?.kind !== 'product') continue;
    needed.add(step.left);
    if (typeof step.right !== 'number') needed.add(step.right.step);
  }
  return steps.map((step, place) => ({ place, step })).filter(({ place }) => needed.has(place));
}

/** `values` is the program's own and written anew each time: evaluation is synchronous. */
function evaluate(step: Step, values: Float64Array, variables: Variables): number {
  switch (step.kind) {
    case 'read':
      return step.read(variables);
    case 'sum': {
      let sum = step.constant;
      for (const place of step.steps) sum += values[place] ?? 0;
      return sum;
    }
    case 'product': {
      const left = values[step.left] ?? 0;
      const right = typeof step.right === 'number' ? step.right : (values[step.right.step] ?? 0);
      // Nothing times what overflowed is nothing.
      return left === 0 || right === 0 ? 0 : left * right;
    }
  }
}
