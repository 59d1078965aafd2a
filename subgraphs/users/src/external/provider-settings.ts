import { jsonSetting } from '@tributary/chassis';
import { z } from 'zod';

const loopback = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/;

/** One provider of sign-ins, as the operator sets it up. */
const providerSchema = z.object({
  /** In addresses, e.g. of the redirect: PUBLIC_URL/auth/external/<id>/callback. */
  id: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be like google or acme-sso'),
  /** What its button says. */
  name: z.string().min(1).max(60),
  /** Found at <issuer>/.well-known/openid-configuration. Plain HTTP on this machine only. */
  issuer: z
    .string()
    .refine((text) => URL.canParse(text), 'must be a URL')
    .refine(
      (text) => text.startsWith('https:') || loopback.test(text),
      'must start with https: (http: for a provider on this machine)',
    ),
  clientId: z.string().min(1),
  /** Left out for public clients, which PKCE alone protects. */
  clientSecret: z.string().min(1).optional(),
  scope: z.string().default('openid email profile'),
  /**
   * Whether an address that the provider calls verified is taken for the person's own: it then opens
   * accounts, and finds the account whose own address is confirmed.
   */
  trustEmail: z.boolean().default(false),
});

export type ProviderSettings = z.infer<typeof providerSchema>;

const providersSchema = z
  .array(providerSchema)
  .refine(
    (all) => new Set(all.map(({ id }) => id)).size === all.length,
    'must have ids that differ',
  );

/** A JSON array of providers; there are secrets in it. */
export const oidcProvidersSchema = jsonSetting(providersSchema);
