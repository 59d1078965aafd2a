const newline = 0x0a;

/**
 * Lines of pieces of bytes, without their breaks and without empty ones, those that ended in a piece together. Of a longer line
 * only the first `longest` bytes are kept, so that one without an end takes no memory.
 */
export async function* splitLines(
  pieces: AsyncIterable<Buffer>,
  longest: number,
): AsyncGenerator<Buffer[]> {
  let begun: Buffer[] = [];
  let begunBytes = 0;
  const keep = (part: Buffer): void => {
    const room = longest - begunBytes;
    if (part.length === 0 || room <= 0) return;
    const kept = part.subarray(0, room);
    begun.push(kept);
    begunBytes += kept.length;
  };
  const finish = (): Buffer => {
    const line = begun.length === 1 && begun[0] ? begun[0] : Buffer.concat(begun);
    begun = [];
    begunBytes = 0;
    return line;
  };
  for await (const piece of pieces) {
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = piece.indexOf(newline); end !== -1; end = piece.indexOf(newline, start)) {
      if (begun.length === 0) {
        if (end > start) lines.push(piece.subarray(start, Math.min(end, start + longest)));
      } else {
        keep(piece.subarray(start, end));
        lines.push(finish());
      }
      start = end + 1;
    }
    keep(piece.subarray(start));
    yield lines;
  }
  if (begunBytes > 0) yield [finish()];
}
