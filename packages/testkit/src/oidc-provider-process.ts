/**
 * A provider of sign-ins, for tests: certified software of others, whose login page takes anybody's
 * word. What is typed as login is the person's subject and address; `unverified-…` and `nameless-…`
 * are people whose address was not checked, or is not told.
 */
import Provider, { type AccountClaims } from 'oidc-provider';

const { ISSUER = '', PORT = '', REDIRECT_URI = '', CLIENT_SECRET = '' } = process.env;

function claimsOf(subject: string): AccountClaims {
  if (subject.startsWith('nameless-')) return { sub: subject };
  const isVerified = !subject.startsWith('unverified-');
  return { sub: subject, email: subject, email_verified: isVerified, name: 'Grace Hopper' };
}

const provider = new Provider(ISSUER, {
  clients: [
    {
      client_id: 'tributary',
      client_secret: CLIENT_SECRET,
      redirect_uris: [REDIRECT_URI],
      token_endpoint_auth_method: 'client_secret_post',
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  pkce: { required: () => true },
  cookies: { keys: ['for tests only'] },
  findAccount: (_, subject) => ({ accountId: subject, claims: () => claimsOf(subject) }),
});

provider.listen(Number(PORT), '127.0.0.1');
