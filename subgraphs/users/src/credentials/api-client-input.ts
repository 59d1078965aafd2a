import { isIP } from 'node:net';
import type { Scope } from '@tributary/chassis';
import { operationModes } from '@tributary/operations';
import { z } from 'zod';
import { emailSchema, nameSchema } from './account-input.ts';

/** What programs can be given; changing members, partners and the workspace is for people. */
const clientScopes = [
  'read:members',
  'read:pipelines',
  'write:pipelines',
  'read:analytics',
  'write:analytics',
  'read:alerts',
  'write:alerts',
  /** For a pipeline that checks registered operations against a changed schema. */
  'read:clients',
] as const satisfies readonly Scope[];

const originSchema = z
  .url({ protocol: /^https?$/, message: 'must be an origin such as https://shop.example.com' })
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'must be an origin, without a path',
  );

/** An IP address, or a range of them in CIDR notation. */
const addressSchema = z.string().refine((text) => {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
}, 'must be an IP address or a CIDR range such as 192.0.2.0/24');

const budgetSchema = (most: number) => {
  const expected = `must be 1 to ${most.toLocaleString('en')}, or left out`;
  return z
    .int(expected)
    .min(1, expected)
    .max(most, expected)
    .nullish()
    .transform((given) => given ?? null);
};

/** How much each key may ask for in a minute; null is what gateways allow everybody. */
const budgets = {
  requestsPerMinute: budgetSchema(1_000_000),
  costPerMinute: budgetSchema(1_000_000_000),
};

export const apiClientSchema = z.object({
  name: nameSchema,
  contactEmail: emailSchema,
  scopes: z
    .array(z.enum(clientScopes, `must be one of ${clientScopes.join(', ')}`))
    .min(1, 'must name at least one scope'),
  allowedOrigins: z
    .array(originSchema)
    .max(50)
    .nullish()
    .transform((given) => given ?? []),
  allowedAddresses: z
    .array(addressSchema)
    .max(50)
    .nullish()
    .transform((given) => given ?? []),
  ...budgets,
  operationMode: z.enum(operationModes),
});

export const clientBudgetsSchema = z.object({ clientId: z.string(), ...budgets });

const days = z.int().min(1, 'must be 1 to 366').max(366, 'must be 1 to 366');

export const newKeySchema = z.object({ clientId: z.string(), expiresInDays: days });
export const rotateKeySchema = z.object({
  id: z.string(),
  expiresInDays: days,
  overlapHours: z.int().min(0, 'must be 0 to 720').max(720, 'must be 0 to 720'),
});

export type NewApiClient = z.infer<typeof apiClientSchema>;
export type ClientBudgetsChange = z.infer<typeof clientBudgetsSchema>;
