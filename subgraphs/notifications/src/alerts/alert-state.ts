/**
 * An alert's life: none → PENDING → FIRING → RESOLVED, and from there as from none.
 * Pure: the same state and input always give the same answer. It is told of when it fires and when
 * it resolves; a condition that does not hold for the whole hold time is never told of.
 */
export type AlertState =
  | { status: 'NONE' }
  | { status: 'PENDING'; value: number; startedAt: Date }
  | { status: 'FIRING'; value: number; startedAt: Date; firedAt: Date }
  | { status: 'RESOLVED'; value: number; startedAt: Date; firedAt: Date; resolvedAt: Date };

/** What was found when the rule was looked at; without a value no condition holds. */
export type AlertInput = { now: Date; holdSeconds: number } & (
  | { holds: true; value: number }
  | { holds: false; value: number | null }
);

/** SAVE stores the new state; REMOVE deletes a pending alert; the others tell people. */
export type AlertEffect = 'SAVE' | 'REMOVE' | 'TELL_FIRING' | 'TELL_RESOLVED';

export interface AlertStep {
  state: AlertState;
  effects: readonly AlertEffect[];
}

export function stepAlert(state: AlertState, input: AlertInput): AlertStep {
  switch (state.status) {
    case 'NONE':
    case 'RESOLVED':
      return input.holds ? begin(input) : { state, effects: [] };
    case 'PENDING':
      if (!input.holds) return { state: { status: 'NONE' }, effects: ['REMOVE'] };
      return hasHeld(state.startedAt, input)
        ? fire(state.startedAt, input)
        : { state, effects: [] };
    case 'FIRING':
      return input.holds ? { state, effects: [] } : resolve(state, input);
  }
}

type Holding = AlertInput & { holds: true };
type Firing = AlertState & { status: 'FIRING' };

function begin(input: Holding): AlertStep {
  const { now, value } = input;
  if (hasHeld(now, input)) return fire(now, input);
  return { state: { status: 'PENDING', value, startedAt: now }, effects: ['SAVE'] };
}

function fire(startedAt: Date, { now, value }: Holding): AlertStep {
  return {
    state: { status: 'FIRING', value, startedAt, firedAt: now },
    effects: ['SAVE', 'TELL_FIRING'],
  };
}

/** Keeps the last value when there were no events to take one from. */
function resolve({ value, startedAt, firedAt }: Firing, input: AlertInput): AlertStep {
  return {
    state: {
      status: 'RESOLVED',
      value: input.value ?? value,
      startedAt,
      firedAt,
      resolvedAt: input.now,
    },
    effects: ['SAVE', 'TELL_RESOLVED'],
  };
}

function hasHeld(startedAt: Date, { now, holdSeconds }: AlertInput): boolean {
  return now.getTime() - startedAt.getTime() >= holdSeconds * 1_000;
}
