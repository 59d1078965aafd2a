import fc from 'fast-check';
import { defaultFieldResolver, type GraphQLFieldResolver } from 'graphql';
import { identityOf } from './entity.ts';

export interface Faults {
  seed: number;
  /** Of 1,000 fields (and of 1,000 list items) so many fail. */
  perMille: number;
  /** Whether subgraphs leave null where their schema says there is none, and name no error. */
  untold: boolean;
}

/**
 * Fields fail by a hash of what they are, not of how they were asked for: the same ones for every
 * plan, and for a schema that was never divided. `steady` names fields that never fail: keys and
 * what `@requires` names are fetched without the client's asking, which no single schema does.
 */
export function createFaultyResolver(
  faults: () => Faults | undefined,
  steady: ReadonlySet<string>,
): GraphQLFieldResolver<unknown, unknown> {
  return (source, given, context, info) => {
    const value = defaultFieldResolver(source, given, context, info);
    const active = faults();
    const id = identityOf(source) ?? (info.path.prev ? undefined : 'root');
    // What a subgraph does not know of an entity, it is not asked for, so it cannot fail there.
    if (!active || value === undefined || id === undefined || steady.has(info.fieldName))
      return value;
    const place = `${id}/${info.fieldName}/${JSON.stringify(given)}`;
    const faulty = spoil(active, place, value);
    if (!Array.isArray(faulty)) return faulty;
    return faulty.map((item, index) => spoil(active, `${place}/${index}`, item));
  };
}

function spoil({ seed, perMille, untold }: Faults, place: string, value: unknown): unknown {
  const draw = hash(`${seed}/${place}`);
  if (draw % 1000 >= perMille) return value;
  // graphql-js takes an Error in a value's place for one that was thrown.
  return untold || draw % 3 === 0 ? null : new Error(`fault at ${place}`);
}

/** FNV-1a, 32 bits, then mixed so that its last digits are as good as its first. */
export function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  }
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  return (state ^ (state >>> 13)) >>> 0;
}

/** Mostly few and told, so that most of an answer is left. */
export const generatedFaults: fc.Arbitrary<Faults> = fc.record({
  seed: fc.nat(10_000),
  perMille: fc.constantFrom(30, 100, 300),
  untold: fc.boolean(),
});
