import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSupervisor, freePort } from '@tributary/local-stack';
import { sharedGuard } from './shared-guard.ts';

export interface OidcProvider extends AsyncDisposable {
  /** Its entry in OIDC_PROVIDERS. */
  settings: {
    id: string;
    name: string;
    issuer: string;
    clientId: string;
    clientSecret: string;
    trustEmail: boolean;
  };
}

/** Starts a provider of sign-ins as its own process, for people who come back to `publicUrl`. */
export async function startOidcProvider(options: {
  id: string;
  publicUrl: string;
  trustEmail: boolean;
}): Promise<OidcProvider> {
  const { id, publicUrl, trustEmail } = options;
  const logDirectory = await mkdtemp(join(tmpdir(), 'tributary-oidc-'));
  const supervisor = createSupervisor({ log: () => {}, logDirectory, guard: sharedGuard() });
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const clientSecret = randomBytes(16).toString('base64url');
  await supervisor.run({
    name: 'oidc-provider',
    script: join(import.meta.dirname, 'oidc-provider-process.ts'),
    readyUrl: `${issuer}/.well-known/openid-configuration`,
    restart: false,
    env: {
      PATH: process.env.PATH,
      ISSUER: issuer,
      PORT: String(port),
      REDIRECT_URI: `${publicUrl}/auth/external/${id}/callback`,
      CLIENT_SECRET: clientSecret,
    },
  });
  const name = id.charAt(0).toUpperCase() + id.slice(1);
  return {
    settings: { id, name, issuer, clientId: 'tributary', clientSecret, trustEmail },
    async [Symbol.asyncDispose]() {
      await supervisor.stopAll();
      await rm(logDirectory, { recursive: true, force: true });
    },
  };
}
