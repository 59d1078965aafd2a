/**
 * Numbers counted in bins that grow by 2%, as in DDSketch (https://arxiv.org/abs/1908.10693): a
 * percentile is within 1% of a number that has this rank. Only bins that hold something are kept, and
 * adding them up is exact, negative numbers included.
 */
import { binsToBytes, readBins } from './bin-bytes.ts';
import type { Sketch } from './sketch.ts';

const relativeError = 0.01;
const growth = (1 + relativeError) / (1 - relativeError);
const logGrowth = Math.log(growth);
/** Smaller numbers count as 0. */
const smallest = 1e-9;
/** The number of the bin that `smallest` would be in, so that all others have numbers above it. */
const firstBin = Math.ceil(Math.log(smallest) / logGrowth) - 1;

/** How many numbers each bin holds. A bin's number has the sign of what is in it, and grows with it; that of zeros is 0. */
type Bins = Map<number, number>;

export function createPercentileSketch(percent: number): Sketch {
  const bins: Bins = new Map();
  const count = (bin: number, times: number) => bins.set(bin, (bins.get(bin) ?? 0) + times);
  return {
    add: (value) => void count(binOf(Number(value)), 1),
    merge: (bytes) => readBins(bytes, count),
    toBytes: () => binsToBytes(inOrder(bins)),
    figure: () => valueAt(inOrder(bins), percent / 100),
  };
}

function binOf(value: number): number {
  const size = Math.abs(value);
  if (size < smallest) return 0;
  return Math.sign(value) * (Math.ceil(Math.log(size) / logGrowth) - firstBin);
}

/** The middle of a bin, by the relative error to both ends. */
function middleOf(bin: number): number {
  if (bin === 0) return 0;
  return (Math.sign(bin) * 2 * growth ** (Math.abs(bin) + firstBin)) / (growth + 1);
}

function inOrder(bins: Bins): [bin: number, times: number][] {
  return [...bins].sort(([left], [right]) => left - right);
}

function valueAt(ordered: readonly [number, number][], share: number): number | undefined {
  const total = ordered.reduce((sum, [, times]) => sum + times, 0);
  const rank = Math.max(1, Math.ceil(share * total));
  let below = 0;
  for (const [bin, times] of ordered) {
    below += times;
    if (below >= rank) return middleOf(bin);
  }
  return undefined;
}
