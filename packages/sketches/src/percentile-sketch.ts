/**
 * Numbers counted in bins that grow by 2%, as in DDSketch (https://arxiv.org/abs/1908.10693): a
 * percentile is within 1% of a number that has this rank. Only bins that hold something are kept, and
 * adding them up is exact, negative numbers included.
 */
import type { Sketch } from './sketch.ts';

const relativeError = 0.01;
const growth = (1 + relativeError) / (1 - relativeError);
const logGrowth = Math.log(growth);
/** Smaller numbers count as 0: what lies between them and the largest are at most 36,000 bins a sign. */
const smallest = 1e-9;

/** How many numbers each bin holds; the sign of a bin's number is in its name: `-12`, `0`, `+12`. */
type Bins = Map<string, number>;

export function createPercentileSketch(percent: number): Sketch {
  const bins: Bins = new Map();
  const count = (bin: string, times: number) => bins.set(bin, (bins.get(bin) ?? 0) + times);
  return {
    add: (value) => void count(binOf(Number(value)), 1),
    merge(bytes) {
      const entries = JSON.parse(Buffer.from(bytes).toString()) as [string, number][];
      for (const [bin, times] of entries) count(bin, times);
    },
    toBytes: () => Buffer.from(JSON.stringify(inOrder(bins))),
    figure: () => valueAt(bins, percent / 100),
  };
}

function binOf(value: number): string {
  const size = Math.abs(value);
  if (size < smallest) return '0';
  return `${value < 0 ? '-' : '+'}${Math.ceil(Math.log(size) / logGrowth)}`;
}

/** The middle of a bin, by the relative error to both ends. */
function middleOf(bin: string): number {
  if (bin === '0') return 0;
  const size = (2 * growth ** Number(bin.slice(1))) / (growth + 1);
  return bin.startsWith('-') ? -size : size;
}

function inOrder(bins: Bins): [string, number][] {
  return [...bins].sort(([left], [right]) => middleOf(left) - middleOf(right));
}

function valueAt(bins: Bins, share: number): number | undefined {
  const ordered = inOrder(bins);
  const total = ordered.reduce((sum, [, times]) => sum + times, 0);
  const rank = Math.max(1, Math.ceil(share * total));
  let below = 0;
  for (const [bin, times] of ordered) {
    below += times;
    if (below >= rank) return middleOf(bin);
  }
  return undefined;
}
