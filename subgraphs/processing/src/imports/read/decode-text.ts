import type { Reading } from '../import-mapping.ts';

const labels = { UTF16: 'utf-16le', LATIN1: 'windows-1252' } as const;

/** Pieces of text in any encoding as pieces of UTF-8; UTF-8 itself passes as it is, right or wrong. */
export function toUtf8(
  pieces: AsyncGenerator<Buffer>,
  encoding: Reading['encoding'],
): AsyncGenerator<Buffer> {
  return encoding === 'UTF8' ? pieces : decode(pieces, labels[encoding]);
}

async function* decode(pieces: AsyncGenerator<Buffer>, label: string): AsyncGenerator<Buffer> {
  const first = await pieces.next();
  if (first.done) return;
  const decoder = new TextDecoder(isBigEndian(first.value) ? 'utf-16be' : label);
  yield Buffer.from(decoder.decode(first.value, { stream: true }));
  for await (const piece of pieces) yield Buffer.from(decoder.decode(piece, { stream: true }));
  yield Buffer.from(decoder.decode());
}

function isBigEndian(start: Buffer): boolean {
  return start[0] === 0xfe && start[1] === 0xff;
}
