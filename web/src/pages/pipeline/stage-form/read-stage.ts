import { isRecord } from '../../../graph/is-record.ts';
import { isComparable } from './constants.ts';
import { type StageField, stageShapes } from './stage-shapes.ts';

/** A stage that a form can show whole; what is in it may still be wrong. */
export type ReadStage = Readonly<Record<string, unknown>> & { readonly kind: string };

/** Undefined for what the form of its kind would lose: that is edited as JSON. */
export function readStage(text: string): ReadStage | undefined {
  const stage = parse(text);
  if (!isRecord(stage) || typeof stage.kind !== 'string') return undefined;
  const { kind, ...rest } = stage;
  const fits = kind === 'route' ? fitsRoute(rest) : fitsShape(stageShapes[kind], rest);
  return fits ? { ...rest, kind } : undefined;
}

export function writeStage({ kind, ...rest }: ReadStage): string {
  return JSON.stringify({ kind, ...rest }, null, 2);
}

type Given = Readonly<Record<string, unknown>>;

function fitsShape(shape: readonly StageField[] | undefined, given: Given): boolean {
  const fields = new Map(shape?.map((field) => [field.name, field]));
  return (
    shape !== undefined &&
    Object.entries(given).every(([name, value]) => {
      const field = fields.get(name);
      return field !== undefined && fits(field, value);
    })
  );
}

function fits(field: StageField, value: unknown): boolean {
  switch (field.kind) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'names':
      return Array.isArray(value) && value.every((name) => typeof name === 'string');
    case 'choice':
      return field.choices.some((choice) => choice.value === value);
    case 'pairs':
      return isRecord(value) && Object.values(value).every((one) => fitsPair(field.values, one));
    case 'rules':
      return Array.isArray(value) && value.every(isRule);
  }
}

function fitsPair(
  values: Extract<StageField, { kind: 'pairs' }>['values'],
  value: unknown,
): boolean {
  if (values === 'json') return true;
  if (values === undefined) return typeof value === 'string';
  return values.some((choice) => choice.value === value);
}

function isRule(value: unknown): boolean {
  const names = ['name', 'condition', 'otherwise'];
  return (
    isRecord(value) &&
    Object.entries(value).every(([name, one]) => names.includes(name) && typeof one === 'string')
  );
}

/** One of its three forms: by a field, by an expression to nowhere, or to another type. */
function fitsRoute(given: Given): boolean {
  const names = Object.keys(given).toSorted().join();
  if (names === 'drop') {
    const { drop } = given;
    return (
      isRecord(drop) &&
      Object.keys(drop).toSorted().join() === 'field,operator,value' &&
      typeof drop.field === 'string' &&
      typeof drop.operator === 'string' &&
      isComparable(drop.value)
    );
  }
  return (
    (names === 'to,when' || names === 'type,when') &&
    Object.values(given).every((value) => typeof value === 'string')
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
