import { z } from 'zod';
import { policiesFileSchema } from './policies/policies-file.ts';
import { builtInPolicies } from './policies/policy-set.ts';
import { refuseStart } from './refuse-start.ts';

const ed25519 = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() });

/** An Ed25519 key as JWK in JSON, the way keys come in variables. */
export const ed25519Key = z.string().refine((text) => {
  try {
    return ed25519.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}, 'must be an Ed25519 key as JWK in JSON; `node scripts/create-keys.ts` prints one');

/** What every service reads. */
export const serviceEnvironment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  /** A file of policies besides and instead of ours, see docs/access-policies.md. */
  POLICIES_FILE: policiesFileSchema.default(builtInPolicies),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** What every subgraph reads besides. */
export const subgraphEnvironment = serviceEnvironment.extend({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  /** The gateway's public key as JWK JSON: whom to believe who is asking. */
  PASSPORT_PUBLIC_KEY: ed25519Key,
});

/**
 * The environment, checked; an empty variable counts as unset. A process that was started with a wrong one ends here,
 * naming each variable and what was expected; values are not printed, since some are secrets.
 */
export function loadEnvironment<Schema extends z.ZodType>(schema: Schema): z.infer<Schema> {
  const given = Object.entries(process.env).filter(([, value]) => value !== '');
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  return refuseStart(`This service cannot start with its environment:\n${lines.join('\n')}`);
}
