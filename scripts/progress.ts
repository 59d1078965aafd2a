/** Lines for a person who waits: what is done, and how long it took since the line before. */
export function createProgress(
  write: (text: string) => void = (text) => process.stdout.write(text),
) {
  let last = performance.now();
  return (line: string): void => {
    const now = performance.now();
    const seconds = ((now - last) / 1000).toFixed(1);
    last = now;
    write(`  ✓ ${line} (${seconds} s)\n`);
  };
}
