/** WebSocket frames (https://www.rfc-editor.org/rfc/rfc6455#section-5.2), as far as a measured gateway sends them: whole, unmasked and below 4 GB. */
export type OnFrame = (opcode: number, payload: Buffer) => void;

export const opcodes = { text: 0x1, close: 0x8, ping: 0x9, pong: 0xa } as const;

const nothing = Buffer.alloc(0);

interface Extent {
  start: number;
  end: number;
}

/** Takes what comes from a socket, in whatever pieces; a payload is good only until its call returns. */
export function createFrameReader(onFrame: OnFrame): (chunk: Buffer) => void {
  let rest = nothing;
  return (chunk) => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let at = 0;
    for (let extent = payloadAt(bytes, at); extent; extent = payloadAt(bytes, at)) {
      onFrame((bytes[at] ?? 0) & 0x0f, bytes.subarray(extent.start, extent.end));
      at = extent.end;
    }
    rest = at === bytes.length ? nothing : Buffer.from(bytes.subarray(at));
  };
}

/** Where the payload of the frame at `at` is; undefined while it is not all there. */
function payloadAt(bytes: Buffer, at: number): Extent | undefined {
  if (bytes.length < at + 2) return undefined;
  const short = (bytes[at + 1] ?? 0) & 0x7f;
  const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
  if (bytes.length < start) return undefined;
  const length =
    short < 126 ? short : bytes.readUIntBE(start - (short === 126 ? 2 : 4), short === 126 ? 2 : 4);
  const end = start + length;
  return end <= bytes.length ? { start, end } : undefined;
}

/** A client's frame, masked as it has to be: with zeros, which change nothing. */
export function clientFrame(opcode: number, payload: Buffer | string): Buffer {
  const body = Buffer.from(payload);
  const header = Buffer.alloc(body.length < 126 ? 6 : 8);
  header[0] = 0x80 | opcode;
  header[1] = 0x80 | Math.min(body.length, 126);
  if (body.length >= 126) header.writeUInt16BE(body.length, 2);
  return Buffer.concat([header, body]);
}
