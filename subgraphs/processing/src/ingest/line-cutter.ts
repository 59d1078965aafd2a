import { isUtf8 } from 'node:buffer';

const lineFeed = 0x0a;

/** One line of a body. One with a fault is no record; its `text` is for people to recognise it by. */
export interface Line {
  text: string;
  /** Why it cannot be read: too long, and then `text` is its beginning, or not UTF-8. */
  fault?: string;
}

export interface LineCutter {
  push(chunk: Buffer): void;
  /** In bytes: whole lines not yet taken, and the beginning of one. */
  readonly held: number;
  /** How many came whole so far, blank ones too. */
  readonly count: number;
  /** The lines that came whole since the last time; blank ones are left out. */
  take(): Line[];
  /** Says that nothing more comes: what stands after the last line feed is a line too. */
  end(): void;
}

/** Cuts a body into lines as it comes. Of a line of more than `longest` bytes the rest is counted and forgotten. */
export function createLineCutter({ longest }: { longest: number }): LineCutter {
  let whole: Line[] = [];
  let wholeBytes = 0;
  let count = 0;
  let beginning: Buffer[] = [];
  let begunBytes = 0;
  let keptBytes = 0;

  function begin(part: Buffer): void {
    const kept = part.subarray(0, longest - keptBytes);
    if (kept.length > 0) beginning.push(kept);
    keptBytes += kept.length;
    begunBytes += part.length;
  }

  function endLine(): void {
    const block = Buffer.concat(beginning);
    const isWhole = begunBytes === keptBytes;
    add(
      isWhole ? linesOf(block) : [{ text: block.toString(), fault: tooLong(longest, begunBytes) }],
    );
    wholeBytes += keptBytes;
    beginning = [];
    begunBytes = 0;
    keptBytes = 0;
  }

  function add(lines: readonly Line[]): void {
    count += lines.length;
    for (const line of lines) if (line.text.trim() !== '') whole.push(line);
  }

  return {
    push(chunk) {
      const first = chunk.indexOf(lineFeed);
      if (first === -1) return begin(chunk);
      const last = chunk.lastIndexOf(lineFeed);
      begin(chunk.subarray(0, first));
      endLine();
      if (last > first) {
        add(linesOf(chunk.subarray(first + 1, last)));
        wholeBytes += last - first;
      }
      begin(chunk.subarray(last + 1));
    },
    get held() {
      return wholeBytes + keptBytes;
    },
    get count() {
      return count;
    },
    take() {
      const lines = whole;
      whole = [];
      wholeBytes = 0;
      return lines;
    },
    end: endLine,
  };
}

/** Text that is UTF-8 throughout, as most is, is decoded at once; otherwise each line stands for itself. */
function linesOf(block: Buffer): Line[] {
  if (isUtf8(block)) {
    return block
      .toString()
      .split('\n')
      .map((text) => ({ text }));
  }
  return cut(block).map((line) =>
    isUtf8(line)
      ? { text: line.toString() }
      : { text: line.toString(), fault: 'expected JSON in UTF-8, got other bytes' },
  );
}

function cut(block: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = block.indexOf(lineFeed); end !== -1; end = block.indexOf(lineFeed, start)) {
    lines.push(block.subarray(start, end));
    start = end + 1;
  }
  return [...lines, block.subarray(start)];
}

function tooLong(longest: number, bytes: number): string {
  return `expected a record of at most ${longest} bytes, got ${bytes}`;
}
