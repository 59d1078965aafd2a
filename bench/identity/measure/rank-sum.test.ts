import { expect, test } from 'vitest';
import { rankSum } from './rank-sum.ts';

test('samples that lie apart tell all, equal ones nothing', () => {
  expect(rankSum([4, 5, 6], [1, 2, 3])).toEqual({ auc: 1, z: expect.closeTo(1.964, 3) });
  expect(rankSum([1, 2, 3], [1, 2, 3])).toEqual({ auc: 0.5, z: 0 });
  expect(rankSum([7, 7], [7, 7])).toEqual({ auc: 0.5, z: 0 });
});

test('the statistic is the one that textbooks give', () => {
  // Ties across samples: ranks 1, 2.5, 2.5, 4, 5.5, 5.5; U = 5 of 9.
  const { auc, z } = rankSum([2, 3, 5], [1, 2, 5]);
  expect(auc).toBeCloseTo(6 / 9);
  expect(z).toBeCloseTo(0.674, 2);
});
