/** The secret of the link that led here. It is in the fragment, which browsers send to no server. */
export const readMailedToken = (): string =>
  new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
