import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AlertEffect, type AlertInput, type AlertState, stepAlert } from './alert-state.ts';

const second = (count: number) => new Date(Date.UTC(2026, 10, 21, 9, 0, count));

function input(
  at: number,
  value: number | null,
  { holds = true, holdSeconds = 0 } = {},
): AlertInput {
  const now = second(at);
  return holds && value !== null
    ? { holds: true, value, now, holdSeconds }
    : { holds: false, value, now, holdSeconds };
}

const none: AlertState = { status: 'NONE' };
const pending: AlertState = { status: 'PENDING', value: 16, startedAt: second(0) };
const firing: AlertState = {
  status: 'FIRING',
  value: 17,
  startedAt: second(0),
  firedAt: second(5),
};
const resolved: AlertState = { ...firing, status: 'RESOLVED', value: 12, resolvedAt: second(9) };

describe('an alert’s life, step by step', () => {
  test.for<[string, AlertState, AlertInput, AlertState, AlertEffect[]]>([
    ['stays away while nothing holds', none, input(1, 12, { holds: false }), none, []],
    ['stays away without events', none, input(1, null), none, []],
    [
      'starts pending when it has to hold for a while',
      none,
      input(0, 16, { holdSeconds: 10 }),
      pending,
      ['SAVE'],
    ],
    [
      'fires at once without a hold time',
      none,
      input(3, 18),
      { status: 'FIRING', value: 18, startedAt: second(3), firedAt: second(3) },
      ['SAVE', 'TELL_FIRING'],
    ],
    ['stays pending a second too early', pending, input(9, 20, { holdSeconds: 10 }), pending, []],
    [
      'fires when the hold time is over',
      pending,
      input(10, 20, { holdSeconds: 10 }),
      { status: 'FIRING', value: 20, startedAt: second(0), firedAt: second(10) },
      ['SAVE', 'TELL_FIRING'],
    ],
    [
      'goes without a word when it stops holding while pending',
      pending,
      input(9, 12, { holds: false, holdSeconds: 10 }),
      none,
      ['REMOVE'],
    ],
    ['keeps firing silently', firing, input(60, 99), firing, []],
    [
      'is resolved when it stops holding',
      firing,
      input(9, 12, { holds: false }),
      resolved,
      ['SAVE', 'TELL_RESOLVED'],
    ],
    [
      'is resolved with its last value when there are no events any more',
      firing,
      input(9, null),
      { ...resolved, value: 17 },
      ['SAVE', 'TELL_RESOLVED'],
    ],
    [
      'begins anew after it was resolved',
      resolved,
      input(20, 30),
      { status: 'FIRING', value: 30, startedAt: second(20), firedAt: second(20) },
      ['SAVE', 'TELL_FIRING'],
    ],
    ['stays resolved while nothing holds', resolved, input(20, 1, { holds: false }), resolved, []],
  ])('%s', ([, state, given, next, effects]) => {
    expect(stepAlert(state, given)).toEqual({ state: next, effects });
  });
});

describe('whatever happens', () => {
  const moments = fc.array(
    fc.record({
      wait: fc.integer({ min: 0, max: 30 }),
      value: fc.option(fc.integer({ max: 20, min: -20 })),
    }),
    { maxLength: 60 },
  );
  const holdSeconds = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60 }));

  /** Runs a history in which the condition holds for values above 0. */
  function run(history: { wait: number; value: number | null }[], hold: number) {
    let state: AlertState = none;
    let at = 0;
    return history.map(({ wait, value }) => {
      at += wait;
      const holds = value !== null && value > 0;
      const step = stepAlert(state, input(at, value, { holds, holdSeconds: hold }));
      state = step.state;
      return { at, holds, ...step };
    });
  }

  test('people are told of firing and of resolving in turn, firing first', () => {
    fc.assert(
      fc.property(moments, holdSeconds, (history, hold) => {
        const told = run(history, hold)
          .flatMap(({ effects }) => effects)
          .filter((effect) => effect.startsWith('TELL'));
        expect(told).toEqual(
          told.map((_, index) => (index % 2 === 0 ? 'TELL_FIRING' : 'TELL_RESOLVED')),
        );
      }),
    );
  });

  test('an alert fires only after the condition was seen to hold for the whole hold time', () => {
    fc.assert(
      fc.property(moments, holdSeconds, (history, hold) => {
        const steps = run(history, hold);
        for (const [index, step] of steps.entries()) {
          if (!step.effects.includes('TELL_FIRING')) continue;
          const lastFalse = steps.slice(0, index).findLastIndex(({ holds }) => !holds);
          const began = steps[lastFalse + 1]?.at ?? Number.NaN;
          expect(step.holds).toBe(true);
          expect(step.at - began).toBeGreaterThanOrEqual(hold);
        }
      }),
    );
  });

  test('a condition that held for the whole hold time is firing', () => {
    fc.assert(
      fc.property(moments, holdSeconds, (history, hold) => {
        let began: number | undefined;
        for (const { at, holds, state } of run(history, hold)) {
          began = holds ? (began ?? at) : undefined;
          const expected = began !== undefined && at - began >= hold;
          expect(state.status === 'FIRING').toBe(expected);
        }
      }),
    );
  });

  test('a rule has at most one stored alert that is active, and removes none that was told of', () => {
    fc.assert(
      fc.property(moments, holdSeconds, (history, hold) => {
        let stored: 'NONE' | 'PENDING' | 'FIRING' = 'NONE';
        for (const { effects, state } of run(history, hold)) {
          if (effects.includes('REMOVE')) expect(stored).toBe('PENDING');
          if (state.status === 'PENDING' && effects.includes('SAVE')) expect(stored).toBe('NONE');
          if (effects.includes('TELL_FIRING')) expect(stored).not.toBe('FIRING');
          if (effects.includes('TELL_RESOLVED')) expect(stored).toBe('FIRING');
          stored = state.status === 'RESOLVED' ? 'NONE' : state.status;
        }
      }),
    );
  });
});
