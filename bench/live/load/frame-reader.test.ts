import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clientFrame, createFrameReader, opcodes } from './frame-reader.ts';

/** As a server sends it: unmasked. */
function serverFrame(text: string): Buffer {
  const body = Buffer.from(text);
  if (body.length < 126) return Buffer.concat([Buffer.from([0x81, body.length]), body]);
  const header = Buffer.alloc(body.length < 65_536 ? 4 : 10);
  header[0] = 0x81;
  header[1] = header.length === 4 ? 126 : 127;
  header.writeUIntBE(
    body.length,
    header.length - (header.length === 4 ? 2 : 4),
    header.length === 4 ? 2 : 4,
  );
  return Buffer.concat([header, body]);
}

function read(bytes: Buffer, cuts: readonly number[]): string[] {
  const texts: string[] = [];
  const reader = createFrameReader((opcode, payload) => {
    if (opcode === opcodes.text) texts.push(payload.toString());
  });
  let from = 0;
  for (const to of [...cuts.toSorted((a, b) => a - b), bytes.length]) {
    reader(bytes.subarray(from, to));
    from = to;
  }
  return texts;
}

const lengths = fc.oneof(fc.nat(300), fc.constantFrom(125, 126, 65_535, 65_536));

test('messages arrive whole and in order, in whatever pieces they come', () => {
  fc.assert(
    fc.property(
      fc.array(lengths, { maxLength: 5 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
      (sizes, shares) => {
        const texts = sizes.map((size, place) => String(place).repeat(size));
        const bytes = Buffer.concat(texts.map(serverFrame));
        const cuts = shares.map((share) => Math.floor(share * bytes.length));
        expect(read(bytes, cuts)).toEqual(texts);
      },
    ),
  );
});

test.each([0, 125, 126, 2_000])('a message of %i bytes is sent masked, and the same', (size) => {
  const text = 'a'.repeat(size);
  const frame = clientFrame(opcodes.text, text);
  expect((frame[1] ?? 0) & 0x80).toBe(0x80);
  expect(frame.subarray(frame.length - size).toString()).toBe(text);
});
