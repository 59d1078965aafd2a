/** EX_CONFIG of sysexits.h: starting again without a change is of no use. */
const misconfigured = 78;

/** Ends the process with words, mostly one line, that say what to do. */
export function refuseStart(words: string): never {
  process.stderr.write(`${words}\n`);
  process.exit(misconfigured);
}
