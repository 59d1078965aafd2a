import { expect, test } from 'vitest';
import { createPipelineBudget } from './pipeline-budget.ts';

function createClock() {
  const clock = { time: 1_000_000 };
  return { clock, budget: createPipelineBudget({ now: () => clock.time }) };
}

test('three overruns within a minute are a minute’s rest, whatever went well in between', () => {
  const { budget } = createClock();
  const [stages, others] = [[], []];
  for (let count = 0; count < 3; count += 1) {
    expect(budget.isResting(stages)).toBe(false);
    budget.spend(stages, 0.1, false);
    budget.spend(stages, 200, true);
  }
  expect(budget.isResting(stages)).toBe(true);
  expect(budget.isResting(others)).toBe(false);
});

test('a rest ends after a minute, and overruns of an earlier minute do not count', () => {
  const { clock, budget } = createClock();
  const stages = [() => ({ kind: 'dropped' as const })];
  budget.spend(stages, 200, true);
  budget.spend(stages, 200, true);
  clock.time += 60_000;
  budget.spend(stages, 200, true);
  expect(budget.isResting(stages)).toBe(false);
  budget.spend(stages, 200, true);
  budget.spend(stages, 200, true);
  expect(budget.isResting(stages)).toBe(true);
  clock.time += 60_000;
  expect(budget.isResting(stages)).toBe(false);
});

test('many events that each take long are a rest too, many quick ones are none', () => {
  const { budget } = createClock();
  const [slow, quick] = [[], []];
  for (let count = 0; count < 1_001; count += 1) budget.spend(slow, 10, false);
  for (let count = 0; count < 100_000; count += 1) budget.spend(quick, 0.4, false);
  expect(budget.isResting(slow)).toBe(true);
  expect(budget.isResting(quick)).toBe(false);
});
