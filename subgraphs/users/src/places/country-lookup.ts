/**
 * Which country an address belongs to. Nobody's data on that ships with Tributary: an operator names
 * a module of their own, whose default export answers ISO 3166-1 codes, e.g. by a MaxMind database.
 */
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

/** Undefined where it is not known: nobody is held up for it. */
export type CountryOf = (address: string) => Promise<string | undefined>;

/** What an operator's module exports as default. @public */
export type CountryLookup = (
  address: string,
) => string | null | undefined | Promise<string | null | undefined>;

const moduleSchema = z.object({
  default: z.custom<CountryLookup>((value) => typeof value === 'function', 'must be a function'),
});
const countrySchema = z.string().regex(/^[A-Z]{2}$/);
const patienceMilliseconds = 500;

/** `onError` is told of look-ups that failed. @throws for a path to no such module. */
export async function loadCountryLookup(
  path: string | undefined,
  onError: (error: unknown) => void,
): Promise<CountryOf> {
  if (path === undefined) return async () => undefined;
  const module = moduleSchema.parse(await import(pathToFileURL(resolve(path)).href));
  return async (address) => {
    try {
      const late = pause(patienceMilliseconds, undefined, { ref: false });
      return countrySchema.safeParse(await Promise.race([module.default(address), late])).data;
    } catch (error) {
      onError(error);
      return undefined;
    }
  };
}
