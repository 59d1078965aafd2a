/** What the link that led here says after its #. Browsers send that to no server. */
export const readFragment = (name: string): string | null =>
  new URLSearchParams(location.hash.slice(1)).get(name);
