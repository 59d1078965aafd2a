/**
 * Whether two samples differ, whatever their distribution: the Mann–Whitney U test. `auc` is how
 * often a value of the first exceeds one of the second: 0.5 tells nothing, 0 and 1 tell all.
 * `z` is the statistic under the normal approximation with correction for ties; |z| above 2.58 comes
 * by chance once in a hundred runs.
 */
export interface RankSum {
  auc: number;
  z: number;
}

export function rankSum(first: readonly number[], second: readonly number[]): RankSum {
  const [n, m] = [first.length, second.length];
  const all = [...first, ...second].toSorted((a, b) => a - b);
  const ranks = new Map<number, number>();
  let ties = 0;
  for (let start = 0; start < all.length; ) {
    const value = all[start] ?? 0;
    let end = start;
    while (all[end] === value) end += 1;
    ranks.set(value, (start + 1 + end) / 2);
    ties += (end - start) ** 3 - (end - start);
    start = end;
  }
  const sum = first.reduce((total, value) => total + (ranks.get(value) ?? 0), 0);
  const u = sum - (n * (n + 1)) / 2;
  const total = n + m;
  const deviation = Math.sqrt(((n * m) / 12) * (total + 1 - ties / (total * (total - 1))));
  return { auc: u / (n * m), z: deviation === 0 ? 0 : (u - (n * m) / 2) / deviation };
}
