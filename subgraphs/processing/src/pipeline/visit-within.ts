/**
 * Bounds how long one visit may take, whatever it runs: V8 ends what is under way, be it in our code
 * or a library's, and the process goes on. One watchdog serves a whole run of visits, for it costs
 * half a millisecond to set up; whoever has used all of its time alone is who overran.
 */
import { createContext, Script } from 'node:vm';

let work = () => {};
const context = createContext({ run: () => work() });
const script = new Script('run()');

export interface VisitOptions {
  count: number;
  milliseconds: number;
  visit: (index: number) => void;
  /** A visit that did not end in time. */
  onOverrun: (index: number) => void;
}

/** Visits 0 up to `count` in order. Visits must be synchronous, and able to be made again from the start. */
export function visitWithin({ count, milliseconds, visit, onOverrun }: VisitOptions): void {
  let next = 0;
  while (next < count) {
    const first = next;
    const ended = endsWithin(milliseconds, () => {
      for (; next < count; next += 1) visit(next);
    });
    if (ended || next > first) continue;
    onOverrun(next);
    next += 1;
  }
}

function endsWithin(milliseconds: number, run: () => void): boolean {
  work = run;
  try {
    script.runInContext(context, { timeout: milliseconds });
    return true;
  } catch (error) {
    if (isTimeout(error)) return false;
    throw error;
  } finally {
    work = () => {};
  }
}

/** The error comes from the other context, and so from another class of errors. */
function isTimeout(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
