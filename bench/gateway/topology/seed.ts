/**
 * A seed makes one request differ from every other without changing its answer: an argument that no
 * subgraph reads. Always ten digits that begin with 1, and nothing else in a request looks like that,
 * so that a subgraph finds its prepared answer however a gateway hands the argument on.
 */
export const firstSeed = 1_000_000_000;

const seeds = /1\d{9}/g;

export const withoutSeeds = (text: string): string => text.replace(seeds, String(firstSeed));
