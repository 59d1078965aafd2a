/** 4,096 registers of a byte: an error of 1.6%, and of less than that below some thousands. */
export const precision = 12;
export const registerCount = 2 ** precision;
/** Hashes have 32 bits, of which the first tell the register; what is left can begin with as many zeros. */
export const highestRank = 32 - precision + 1;

export type Registers = ReturnType<typeof createRegisters>;

/** Most sketches are of few values: those hold their registers one by one. */
const mostOneByOne = 256;

/** A register each for values alike in a part of their hash: the highest rank that one of them had, 0 for none. */
export function createRegisters() {
  let held = new Map<number, number>();
  let all: Uint8Array | undefined;

  function raise(place: number, rank: number): void {
    if (all) {
      if (rank > (all[place] ?? 0)) all[place] = rank;
      return;
    }
    if (rank > (held.get(place) ?? 0)) held.set(place, rank);
    if (held.size > mostOneByOne) all = toArray();
  }

  function toArray(): Uint8Array {
    if (all) return all;
    const array = new Uint8Array(registerCount);
    for (const [place, rank] of held) array[place] = rank;
    held = new Map();
    return array;
  }

  return {
    raise,
    /** Every register, in their order. */
    toArray: (): Uint8Array => {
      all ??= toArray();
      return all;
    },
    /** How many are above 0. */
    count: (): number =>
      all ? all.reduce((count, rank) => count + Math.sign(rank), 0) : held.size,
    /** Those above 0, in their order. */
    raised: (): [place: number, rank: number][] =>
      all ? raisedOf(all) : [...held].sort(([left], [right]) => left - right),
  };
}

function raisedOf(all: Uint8Array): [place: number, rank: number][] {
  const raised: [number, number][] = [];
  for (const [place, rank] of all.entries()) if (rank > 0) raised.push([place, rank]);
  return raised;
}
