/** Work on its way, and everybody who waits for it. */
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

export interface Deadline {
  milliseconds: number;
  /** What whoever still waits then gets. */
  missed: () => Error;
}

/**
 * Starts `run`, whose signal is aborted when all who asked have left, or at the deadline: that holds
 * even while the work waits in a queue.
 */
export function startFlight<Answer>(
  run: (signal: AbortSignal) => Promise<Answer>,
  deadline?: Deadline,
): Flight<Answer> {
  const controller = new AbortController();
  const { signal } = controller;
  const answer = new Promise<Answer>((resolve, reject) => {
    const late =
      deadline && setTimeout(() => controller.abort(deadline.missed()), deadline.milliseconds);
    const settle = (then: () => void) => {
      clearTimeout(late);
      then();
    };
    signal.addEventListener('abort', () => settle(() => reject(signal.reason)));
    run(signal).then(
      (value) => settle(() => resolve(value)),
      (error) => settle(() => reject(error)),
    );
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
