import type { FetchDataRewrite } from '@apollo/query-planner';
import { isResultObject, type ResultObject, readOwn, writeOwn } from '../result-object.ts';
import type { IsOfType } from './type-conditions.ts';

/** Changes an object in place, as the plan asks: sets a value, or undoes the planner's own aliases. */
export type ApplyRewrites = (value: unknown) => void;

const fragment = '... on ';

/** `undefined` when there is nothing to rewrite, which is the usual case. */
export function compileRewrites(
  rewrites: readonly FetchDataRewrite[] | undefined,
  isOfType: IsOfType,
): ApplyRewrites | undefined {
  if (!rewrites?.length) return undefined;
  return (value) => {
    for (const rewrite of rewrites) applyAt(value, rewrite.path.slice(0, -1), rewrite, isOfType);
  };
}

function applyAt(
  value: unknown,
  [step, ...rest]: readonly string[],
  rewrite: FetchDataRewrite,
  isOfType: IsOfType,
): void {
  if (Array.isArray(value)) {
    const path = step === undefined ? [] : [step, ...rest];
    for (const item of value) applyAt(item, path, rewrite, isOfType);
  } else if (isResultObject(value)) {
    if (step === undefined) apply(value, rewrite);
    else if (!step.startsWith(fragment)) applyAt(readOwn(value, step), rest, rewrite, isOfType);
    else if (matches(value, step.slice(fragment.length), isOfType)) {
      applyAt(value, rest, rewrite, isOfType);
    }
  }
}

/** An object that does not say its type is of the type that its place has. */
function matches(value: ResultObject, condition: string, isOfType: IsOfType): boolean {
  const typename = readOwn(value, '__typename');
  return !typename || isOfType(typename, condition);
}

function apply(object: ResultObject, rewrite: FetchDataRewrite): void {
  const key = rewrite.path.at(-1) ?? '';
  if (rewrite.kind === 'ValueSetter') {
    writeOwn(object, key, rewrite.setValueTo);
    return;
  }
  const value = readOwn(object, key);
  if (value === undefined || value === null) return;
  writeOwn(object, rewrite.renameKeyTo, value);
  delete object[key];
}
