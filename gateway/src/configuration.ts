import { resolve } from 'node:path';
import { refuseStart } from '@tributary/chassis';
import {
  costConfigurationSchema,
  limitsConfigurationSchema,
  readSettings,
} from '@tributary/operations';
import { z } from 'zod';
import {
  type SubgraphsInput,
  subgraphsSchema,
} from './execute/subgraph-client/subgraph-settings.ts';
import { operationSettingsSchema } from './operations/operation-settings.ts';
import { persistedConfigurationSchema } from './operations/persisted/persisted-configuration.ts';
import { rateLimitSettingsSchema } from './rate-limits/rate-limit-settings.ts';
import { telemetrySettingsSchema } from './telemetry/telemetry-settings.ts';

/** Every setting that is neither an address of this installation nor a secret; those are in environment.ts. */
const configurationSchema = z.strictObject({
  subgraphs: subgraphsSchema.prefault({}),
  rateLimits: rateLimitSettingsSchema.prefault({}),
  telemetry: telemetrySettingsSchema.prefault({}),
  limits: limitsConfigurationSchema,
  cost: costConfigurationSchema,
  operations: operationSettingsSchema,
  persistedOperations: persistedConfigurationSchema,
});

export type Configuration = z.infer<typeof configurationSchema>;

/** The configuration as one writes it: everything has a default. */
export type GatewayConfiguration = Omit<z.input<typeof configurationSchema>, 'subgraphs'> & {
  subgraphs?: SubgraphsInput;
};

/**
 * For `gateway.config.ts`, so that an editor knows the settings.
 * @public
 */
export function defineGatewayConfiguration(
  configuration: GatewayConfiguration,
): GatewayConfiguration {
  return configuration;
}

/**
 * Reads a `.ts`, `.mts`, `.js`, `.mjs` or `.json` file; scripts export their settings as default.
 * Without a path, everything is as by default.
 * @throws Error whose message names the file, each wrong setting and what was expected of it.
 */
export async function loadConfiguration(path: string | undefined): Promise<Configuration> {
  if (path === undefined) return configurationSchema.parse({});
  const file = resolve(path);
  const given = await readSettings(file).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The configuration ${file} cannot be read: ${reason}`, { cause: error });
  });
  const parsed = configurationSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `  ${nameOf(path)}: ${message}`);
  throw new Error(`The configuration ${file} is wrong:\n${lines.join('\n')}`);
}

function nameOf(path: readonly PropertyKey[]): string {
  return path.length > 0 ? path.map(String).join('.') : 'the whole';
}

/** Like `loadConfiguration`, but a process that was started with a wrong file ends here, saying why. */
export async function readConfiguration(path: string | undefined): Promise<Configuration> {
  return loadConfiguration(path).catch((error: Error) => refuseStart(error.message));
}
