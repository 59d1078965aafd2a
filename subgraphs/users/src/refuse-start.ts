/** EX_CONFIG of sysexits.h: starting again without a change is of no use. */
const misconfigured = 78;

/** Ends the process with one line that says what to do. */
export function refuseStart(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(misconfigured);
}
