/** By what the server knows this browser again. It opens nothing: it only keeps strangers' guesses from locking it out. */
const key = 'tributary.device';

export const readDeviceToken = (): string | null => localStorage.getItem(key);

export function keepDeviceToken(token: string | null | undefined): void {
  if (token) localStorage.setItem(key, token);
}
