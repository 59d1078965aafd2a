import type { WriteStream } from 'node:tty';

/** A line of the terminal that is written over; nothing where the output is no terminal. */
export function createProgressLine(stream: Pick<WriteStream, 'isTTY' | 'write'>) {
  let shown = '';
  return {
    show(text: string): void {
      if (!stream.isTTY || text === shown) return;
      shown = text;
      stream.write(`\r\u001b[2K${text}`);
    },
    clear(): void {
      if (shown !== '') stream.write('\r\u001b[2K');
      shown = '';
    },
  };
}
