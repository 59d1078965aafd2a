import type {
  AccessRequirement,
  AccessRequirements,
  RequirementGroups,
} from './access-requirement.ts';
import type { SupergraphTypes } from './supergraph-types.ts';

/**
 * What an interface asks holds for its implementations too, so that `... on Implementation` is no way
 * around it (GHSA-mx7m-j9xf-62hw). Composition since 2.9.5 lets nobody write such a requirement, and
 * generates on interfaces the sum of what the implementations ask: that is told by being implied by
 * them, and does not go back down, or each implementation would ask for the others' scopes.
 */
export function inheritRequirements(
  declared: AccessRequirements,
  types: SupergraphTypes,
): AccessRequirements {
  const inherited = new Map(declared);
  for (const { name, isAbstract, fields, possibleTypes } of types.values()) {
    if (!isAbstract) continue;
    passDown(name, possibleTypes);
    for (const field of fields.keys()) {
      passDown(
        `${name}.${field}`,
        possibleTypes.map((type) => `${type}.${field}`),
      );
    }
  }
  return inherited;

  function passDown(from: string, to: readonly string[]): void {
    const below = to.flatMap((coordinate) => declared.get(coordinate) ?? []);
    const written = (declared.get(from) ?? []).filter((asked) => !isImplied(asked, below));
    if (written.length === 0) return;
    for (const coordinate of to) {
      inherited.set(coordinate, [...new Set([...(inherited.get(coordinate) ?? []), ...written])]);
    }
  }
}

/** Combinations looked at before an interface's requirement is taken for one that somebody wrote. */
const maxCombinations = 4096;

/** Whether whoever meets all of the others meets this one. */
function isImplied(asked: AccessRequirement, others: readonly AccessRequirement[]): boolean {
  if (asked.kind === 'authenticated') return others.includes(asked);
  const groups = others.flatMap((other) => (other.kind === asked.kind ? [other.anyOf] : []));
  const combinations = combine([...new Set(groups)]);
  return (
    combinations !== undefined &&
    groups.length > 0 &&
    combinations.every((held) =>
      asked.anyOf.some((group) => group.every((name) => held.includes(name))),
    )
  );
}

/** Every way to meet all; undefined when there are too many. */
function combine(all: readonly RequirementGroups[]): readonly (readonly string[])[] | undefined {
  const count = all.reduce((product, groups) => product * groups.length, 1);
  if (count > maxCombinations) return undefined;
  return all.reduce<readonly (readonly string[])[]>(
    (ways, groups) => ways.flatMap((way) => groups.map((group) => [...way, ...group])),
    [[]],
  );
}
