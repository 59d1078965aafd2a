import type { ClientIdentity } from './operation-source.ts';
import {
  type PersistedConfiguration,
  type PersistedMode,
  persistedModes,
} from './persisted-configuration.ts';

/** The mode that holds for each client: a name that is only said never loosens it. */
export function createModes({
  mode,
  clients,
}: Pick<PersistedConfiguration, 'mode' | 'clients'>): (client: ClientIdentity) => PersistedMode {
  const byClient = new Map(Object.entries(clients));
  return ({ name, verified }) => {
    const own = name === undefined ? undefined : byClient.get(name);
    if (own === undefined) return mode;
    return verified || strictness(own) > strictness(mode) ? own : mode;
  };
}

function strictness(mode: PersistedMode): number {
  return persistedModes.indexOf(mode);
}
