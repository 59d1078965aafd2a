/**
 * A path of this application; anything else leads home, for it would lead to strangers. Browsers drop
 * tabs and line breaks from addresses, so that what looks like a path may be none.
 */
export const ownPath = (path: unknown): string =>
  typeof path === 'string' && /^\/(?![/\\])\P{Cc}*$/u.test(path) ? path : '/';
