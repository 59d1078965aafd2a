import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { readDeviceToken } from '../../session/device-token.ts';
import { leaveForProvider } from '../../session/leave-for-provider.ts';
import { signInProvidersQuery } from './provider-documents.ts';

/** The providers people can sign in at; nothing where there are none. `from` is the page to come back to. */
export function ProviderButtons({ from }: { from: string }) {
  const { data } = useQuery(signInProvidersQuery);
  const [away, setAway] = useState<string | null>(null);
  const providers = data?.signInProviders ?? [];
  if (providers.length === 0) return null;
  return (
    <div className="mt-4 grid gap-2 border-t border-line pt-4">
      {providers.map(({ id: provider, name }) => (
        <Button
          key={provider}
          className="min-h-9"
          onClick={() =>
            void leaveForProvider({ provider, from, deviceToken: readDeviceToken() }).catch(() =>
              setAway(name),
            )
          }
        >
          Continue with {name}
        </Button>
      ))}
      <p role="alert" className="text-[13px] text-critical empty:hidden">
        {away === null ? null : `${away} does not answer. Try again, or sign in another way.`}
      </p>
    </div>
  );
}
