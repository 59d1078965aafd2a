import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
import type { CountryOf } from '../places/country-lookup.ts';
import type { AccountRow } from '../stores/account-store.ts';
import type { CountryStore } from '../stores/country-store.ts';
import type { DeviceStore } from '../stores/device-store.ts';
import type { Journal } from '../stores/journal.ts';
import { byPerson, mailTo } from './notes.ts';

/** Tells a person, in one mail, of a sign-in on a device or from a country that is new for them. */
export type NoticePlace = (
  user: AccountRow,
  place: { isKnownDevice: boolean; origin: Origin },
) => Promise<void>;

export interface NoticePlaceDependencies {
  devices: DeviceStore;
  countries: CountryStore;
  countryOf: CountryOf;
  journal: Journal;
  mails: Mails;
}

export function createNoticePlace(dependencies: NoticePlaceDependencies): NoticePlace {
  const { devices, countries, countryOf, journal, mails } = dependencies;
  return async (user, { isKnownDevice, origin }) => {
    const country = origin.address === '' ? undefined : await countryOf(origin.address);
    const isNewCountry = country !== undefined && (await countries.isNew(user.id, country));
    const isNewDevice = !isKnownDevice && (await devices.hasAny(user.id));
    if (!isNewCountry && !isNewDevice) return;
    const text = isNewCountry ? mails.newCountry(country, origin) : mails.newDevice(origin);
    await journal.note({
      audit: [
        ...(isNewDevice ? [byPerson('device.new', user, origin)] : []),
        ...(isNewCountry ? [{ ...byPerson('country.new', user, origin), after: { country } }] : []),
      ],
      messages: [mailTo(user, text)],
    });
  };
}
