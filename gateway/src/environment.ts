import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadEnvironment, serviceEnvironment } from '@tributary/chassis';
import { z } from 'zod';

const httpUrl = z
  .url({ protocol: /^https?$/ })
  .transform((url) => url.replace(/\/+$/, ''))
  .optional();
/** `name=value`, as OpenTelemetry's variables have it; values are percent-encoded. */
function header(text: string): [string, string][] {
  const at = text.indexOf('=');
  return at > 0 ? [[text.slice(0, at).trim(), decodeURIComponent(text.slice(at + 1).trim())]] : [];
}

const ownSupergraph = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url));

const environmentSchema = serviceEnvironment
  .extend({
    /** Path or URL of the composed supergraph. */
    SUPERGRAPH: z.string().min(1).default(ownSupergraph),
    /** How often to look for another supergraph, in seconds; 0: never. */
    SUPERGRAPH_POLL_SECONDS: z.coerce.number().min(0).default(5),
    /** A file of settings: see docs/gateway.md. */
    CONFIG: z.string().min(1).optional(),
    /** Where traces go, by OTLP over HTTP. Without it none are made. */
    OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl,
    /** Sent along with them, e.g. the receiver's key: `name=value,name=value`. */
    OTEL_EXPORTER_OTLP_HEADERS: z
      .string()
      .default('')
      .transform((list) => Object.fromEntries(list.split(',').flatMap(header))),
    /** Base URLs that replace the composed ones of our own subgraphs. */
    USERS_URL: httpUrl,
    PROCESSING_URL: httpUrl,
    ANALYTICS_URL: httpUrl,
    NOTIFICATIONS_URL: httpUrl,
    /** Without it there are no subscriptions. */
    REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
    /** Connections that may subscribe at a time: from one address, which may be a whole office's. */
    SUBSCRIBERS_PER_ADDRESS: z.coerce.number().int().min(1).default(2_000),
    /** … and by one person, whose every browser tab is one, or by one API client. */
    SUBSCRIBERS_PER_PRINCIPAL: z.coerce.number().int().min(1).default(100),
    /** Subscriptions that may be open at a time, over all connections: of one address … */
    SUBSCRIPTIONS_PER_ADDRESS: z.coerce.number().int().min(1).default(20_000),
    /** … and of one person or API client. */
    SUBSCRIPTIONS_PER_PRINCIPAL: z.coerce.number().int().min(1).default(1_000),
    /** How long a WebSocket may stay on which nothing is subscribed. */
    SUBSCRIBER_IDLE_SECONDS: z.coerce.number().min(1).max(86_400).default(600),
    /** Ed25519 key as JWK JSON. Without it subgraphs get no passport. */
    PASSPORT_PRIVATE_KEY: z.string().min(1).optional(),
    /** Where access tokens' public keys are. Without it nobody can sign in. */
    JWKS_URL: httpUrl,
    TOKEN_ISSUER: z.string().min(1).optional(),
    TOKEN_AUDIENCE: z.string().min(1).default('tributary'),
    /** The built web application. */
    WEB_DIRECTORY: z.string().min(1).optional(),
    /** Base URL of the service behind `/v1/*`, exports excepted. */
    INGEST_URL: httpUrl,
    /** Base URL of the service behind `/v1/exports/*`. */
    EXPORT_URL: httpUrl,
    /** Origins that may call from a browser, separated by commas. */
    ALLOWED_ORIGINS: z
      .string()
      .transform((list) => list.split(',').flatMap((origin) => origin.trim() || []))
      .pipe(z.array(z.url()))
      .default([]),
  })
  .refine((given) => !given.JWKS_URL || given.TOKEN_ISSUER, {
    path: ['TOKEN_ISSUER'],
    message: 'needed with JWKS_URL: a token of another issuer must not pass',
  });

export type Environment = z.infer<typeof environmentSchema>;

/** The environment and the command line's flags, which win; ends the process when they are wrong. */
export function readEnvironment(): Environment {
  Object.assign(process.env, readFlags());
  return loadEnvironment(environmentSchema);
}

/** What this gateway does without, each with the variable that would switch it on. */
export function featuresThatAreOff(environment: Environment): string[] {
  const features = {
    'access tokens (JWKS_URL, TOKEN_ISSUER)': environment.JWKS_URL,
    'passports (PASSPORT_PRIVATE_KEY)': environment.PASSPORT_PRIVATE_KEY,
    'subscriptions (REDIS_URL)': environment.REDIS_URL,
    'ingestion at /v1 (INGEST_URL)': environment.INGEST_URL,
    'exports at /v1/exports (EXPORT_URL)': environment.EXPORT_URL,
    'traces (OTEL_EXPORTER_OTLP_ENDPOINT)': environment.OTEL_EXPORTER_OTLP_ENDPOINT,
    'web application (WEB_DIRECTORY)': environment.WEB_DIRECTORY,
    'calls from other origins (ALLOWED_ORIGINS)': environment.ALLOWED_ORIGINS[0],
  };
  return Object.entries(features).flatMap(([feature, setting]) => (setting ? [] : [feature]));
}

function readFlags(): Record<string, string> {
  try {
    const { values } = parseArgs({
      options: {
        supergraph: { type: 'string' },
        config: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
      },
    });
    return Object.fromEntries(
      Object.entries(values).map(([flag, value]) => [flag.toUpperCase(), value]),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `${reason}\nUsage: node gateway/src/index.ts [--supergraph FILE_OR_URL] [--config FILE] [--port N] [--host ADDRESS]\n`,
    );
    process.exit(64);
  }
}
