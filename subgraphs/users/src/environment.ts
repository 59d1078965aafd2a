import { fileURLToPath } from 'node:url';
import { loadEnvironment, refuseStart, subgraphEnvironment } from '@tributary/chassis';
import { eventLogUrlSchema } from '@tributary/event-log';
import { z } from 'zod';
import { emailSchema, nameSchema, passwordSchema } from './credentials/account-input.ts';
import { oidcProvidersSchema } from './external/provider-settings.ts';
import { otherTokenKeysSchema, tokenKeySchema } from './tokens/token-key.ts';

/** Compose files hand on an unset variable as an empty one. */
const unlessEmpty = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const ownSupergraph = fileURLToPath(new URL('../../../schema/supergraph.graphql', import.meta.url));

const identitySecretSchema = z
  .string()
  .regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url; `node scripts/create-keys.ts` prints one')
  .transform((text) => Buffer.from(text, 'base64url'));

const schema = subgraphEnvironment
  .extend({
    TOKEN_PRIVATE_KEY: tokenKeySchema,
    /** Keys that tokens may still, or will soon, be signed with: while keys change. */
    TOKEN_OTHER_PUBLIC_KEYS: unlessEmpty(otherTokenKeysSchema),
    /** 32 random bytes in base64url, from which keys for the service's own secrets are derived. */
    IDENTITY_SECRET: identitySecretSchema,
    /** The issuer that access tokens name. */
    PUBLIC_URL: z.url({ protocol: /^https?$/ }).default('http://localhost:4000'),
    /** Where events go; the Redis of REDIS_URL unless given. */
    EVENT_LOG_URL: unlessEmpty(eventLogUrlSchema),
    /** Path or URL of the supergraph that gateways serve: partners' operations are checked against it. */
    SUPERGRAPH: z.string().min(1).default(ownSupergraph),
    /** The gateways' file of settings, whose limits and costs hold for partners' operations. */
    CONFIG: unlessEmpty(z.string().min(1)),
    /** Whether an account can be used before its address is confirmed; in production it cannot. */
    SIGN_UP_VERIFICATION: unlessEmpty(z.enum(['required', 'later'])),
    /** Where people can sign in besides: a JSON array, see docs/identity.md. */
    OIDC_PROVIDERS: unlessEmpty(oidcProvidersSchema),
    /** A module that knows countries by address, see docs/identity.md. */
    COUNTRY_LOOKUP: unlessEmpty(z.string()),
    DEMO_EMAIL: unlessEmpty(emailSchema),
    DEMO_PASSWORD: unlessEmpty(passwordSchema),
    DEMO_NAME: unlessEmpty(nameSchema),
  })
  .refine((given) => (given.DEMO_EMAIL === undefined) === (given.DEMO_PASSWORD === undefined), {
    path: ['DEMO_EMAIL'],
    message: 'set DEMO_EMAIL and DEMO_PASSWORD together, or neither',
  });

export type Environment = z.infer<typeof schema>;

/** The environment, checked; a production start with a demo account ends here. */
export function readEnvironment(): Environment {
  const environment = loadEnvironment(schema);
  const demo = (['DEMO_EMAIL', 'DEMO_PASSWORD', 'DEMO_NAME'] as const).filter(
    (name) => environment[name] !== undefined,
  );
  if (environment.NODE_ENV === 'production' && demo.length > 0) {
    refuseStart(
      `Production runs without a demo account: unset ${demo.join(', ')} and start again.`,
    );
  }
  return environment;
}
