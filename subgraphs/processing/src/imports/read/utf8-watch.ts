/** Sees whether a text has had bytes that are no UTF-8; a character may be cut between two pieces. */
export function createUtf8Watch() {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let hasOther = false;
  return {
    see(piece: Buffer): void {
      if (hasOther) return;
      try {
        decoder.decode(piece, { stream: true });
      } catch {
        hasOther = true;
      }
    },
    sawOther: () => hasOther,
  };
}
