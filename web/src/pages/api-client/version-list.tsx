import { Tag, type Tone } from '../../components/tag.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import type { ManifestState } from '../../generated/graphql.ts';
import type { ShownClient } from './shown-client.ts';
import { VersionActions } from './version-actions.tsx';
import { VersionOperations } from './version-operations.tsx';

const states = {
  UPLOADED: { word: 'Uploaded', tone: 'accent' },
  ACTIVE: { word: 'Active', tone: 'good' },
  RETIRED: { word: 'Retired', tone: 'neutral' },
} as const satisfies Record<ManifestState, { word: string; tone: Tone }>;

export function VersionList({ client }: { client: ShownClient }) {
  return (
    <ul aria-label="Versions" className="divide-y divide-line">
      {client.manifests.map((version) => (
        <li key={version.id} className="px-4 py-3">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <div className="min-w-0">
              <p className="font-medium">
                Version {version.version}{' '}
                <Tag tone={states[version.state].tone}>{states[version.state].word}</Tag>
              </p>
              <p className="text-[13px] break-words text-muted">
                pushed <TimeAgo at={version.pushedAt} />
                {version.note !== '' && ` · ${version.note}`}
              </p>
            </div>
            {client.retiredAt === null && <VersionActions clientId={client.id} version={version} />}
          </div>
          <VersionOperations clientId={client.id} version={version} />
        </li>
      ))}
    </ul>
  );
}
