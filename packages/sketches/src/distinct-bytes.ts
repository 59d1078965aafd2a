/**
 * Registers as bytes: a mark, how many are above 0, and each of those as two bytes for its place and one
 * for its rank; all of them where that is shorter, as the library writes them. Several after each other
 * are read as one.
 */
import { HyperLogLog } from 'hyperlolo';
import { highestRank, precision, type Registers, registerCount } from './distinct-registers.ts';

const empty = new HyperLogLog({ precision }).serialize();
/** What the library writes before the registers, always the same. */
const head = empty.subarray(0, empty.length - registerCount);

/** No head of the library's begins with it. */
const mark = 0xff;
const markedHead = 3;
const entryLength = 3;
const mostMarked = Math.floor(registerCount / entryLength);

export function registersToBytes(registers: Registers): Buffer {
  if (registers.count() > mostMarked) return allToBytes(registers);
  const raised = registers.raised();
  const bytes = Buffer.allocUnsafe(markedHead + raised.length * entryLength);
  bytes[0] = mark;
  bytes.writeUInt16LE(raised.length, 1);
  for (const [index, [place, rank]] of raised.entries()) {
    const at = markedHead + index * entryLength;
    bytes.writeUInt16LE(place, at);
    bytes[at + 2] = rank;
  }
  return bytes;
}

/** As the library reads them. */
export const allToBytes = (registers: Registers): Buffer =>
  Buffer.concat([head, registers.toArray()]);

/** @throws RangeError for bytes that are no registers. */
export function readRegisters(given: Uint8Array, { raise }: Registers): void {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  for (let at = 0; at < bytes.length; ) {
    at += bytes[at] === mark ? readMarked(bytes, at, raise) : readAll(bytes, at, raise);
  }
}

/** Answers how many bytes it read. */
function readMarked(bytes: Buffer, start: number, raise: Registers['raise']): number {
  const count = bytes.readUInt16LE(start + 1);
  for (let index = 0; index < count; index += 1) {
    const at = start + markedHead + index * entryLength;
    raiseKnown(raise, bytes.readUInt16LE(at), bytes.readUInt8(at + 2));
  }
  return markedHead + count * entryLength;
}

function readAll(bytes: Buffer, start: number, raise: Registers['raise']): number {
  const first = start + head.length;
  if (head.compare(bytes, start, first) !== 0 || first + registerCount > bytes.length) {
    throw new RangeError('These bytes are no sketch of a distinct count.');
  }
  for (let place = 0; place < registerCount; place += 1) {
    const rank = bytes[first + place] ?? 0;
    if (rank > 0) raiseKnown(raise, place, rank);
  }
  return head.length + registerCount;
}

/** One wrong rank would stay for good, in every sum it comes into. */
function raiseKnown(raise: Registers['raise'], place: number, rank: number): void {
  if (place >= registerCount || rank === 0 || rank > highestRank) {
    throw new RangeError(`A distinct count has no register ${place} of rank ${rank}.`);
  }
  raise(place, rank);
}
