import { SubgraphFailure } from './subgraph-failure.ts';

/** A fetch on its way, and everybody who waits for it. */
export interface Flight<Answer> {
  /** For whoever looks on; asks through `ask` are what keeps it flying. */
  answer: Promise<Answer>;
  /**
   * The answer for one asker, who is still there but may leave before it comes.
   * @throws the signal's reason then.
   */
  ask(signal: AbortSignal | undefined): Promise<Answer>;
  /** How many have asked so far. */
  readonly asked: number;
}

/** Starts `run` with a deadline in milliseconds, which holds even while it waits in a queue. */
export function startFlight<Answer>(
  run: (signal: AbortSignal) => Promise<Answer>,
  timeout: number,
): Flight<Answer> {
  const controller = new AbortController();
  const { signal } = controller;
  const answer = new Promise<Answer>((resolve, reject) => {
    const late = setTimeout(() => {
      controller.abort(new SubgraphFailure('timeout', `no answer within ${timeout} ms`));
    }, timeout);
    function fail(reason: unknown): void {
      clearTimeout(late);
      reject(reason);
    }
    signal.addEventListener('abort', () => fail(signal.reason));
    run(signal).then((value) => {
      clearTimeout(late);
      resolve(value);
    }, fail);
  });

  let asked = 0;
  let waiting = 0;
  return {
    answer,
    ask(asker) {
      asked += 1;
      waiting += 1;
      if (!asker) return answer;
      return unlessLeft(answer, asker, () => {
        waiting -= 1;
        if (waiting === 0) controller.abort(asker.reason);
      });
    },
    get asked() {
      return asked;
    },
  };
}

function unlessLeft<Answer>(
  answer: Promise<Answer>,
  asker: AbortSignal,
  left: () => void,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    function leave() {
      left();
      reject(asker.reason);
    }
    function stay(settle: () => void) {
      asker.removeEventListener('abort', leave);
      settle();
    }
    asker.addEventListener('abort', leave);
    answer.then(
      (value) => stay(() => resolve(value)),
      (error) => stay(() => reject(error)),
    );
  });
}
