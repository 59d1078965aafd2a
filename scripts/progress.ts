export interface Progress {
  /** A step is done: says how long it took since the one before. */
  step(line: string): void;
  /** Something happened by itself, such as a crash: says when. */
  notice(line: string): void;
}

/** Lines for a person who waits or watches. */
export function createProgress(): Progress {
  let last = performance.now();
  return {
    step(line) {
      const now = performance.now();
      const seconds = ((now - last) / 1000).toFixed(1);
      last = now;
      console.log(`  ✓ ${line} (${seconds} s)`);
    },
    notice(line) {
      console.log(`  ! ${new Date().toLocaleTimeString()} ${line}`);
    },
  };
}
