/** A path of this application; anything else leads home, for it would lead to strangers. */
export const ownPath = (path: unknown): string =>
  typeof path === 'string' && /^\/(?![/\\])/.test(path) ? path : '/';
