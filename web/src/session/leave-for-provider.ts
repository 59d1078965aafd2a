/** Begins signing in at a provider: the browser goes there, and comes back by itself. */
export interface Departure {
  provider: string;
  /** The path to come back to. */
  from?: string;
  deviceToken?: string | null;
  /** Of somebody signed in who adds the provider to their account. */
  ticket?: string;
}

/** @throws when the provider cannot be reached. */
export async function leaveForProvider({ provider, ...departure }: Departure): Promise<void> {
  const response = await fetch(`/auth/external/${provider}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tributary-client': 'web' },
    body: JSON.stringify(departure),
  });
  if (!response.ok) throw new Error(`Leaving was answered with ${response.status}.`);
  const { url }: { url: string } = await response.json();
  location.assign(url);
}
