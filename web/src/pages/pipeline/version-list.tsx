import { Button } from '../../components/button.tsx';
import { Panel, Section } from '../../components/panel.tsx';
import { Tag } from '../../components/tag.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import type { PipelineSource } from './pipeline-source.ts';

interface VersionListProps {
  versions: PipelineSource['pipelineVersions'];
  isBusy: boolean;
  /** Takes a version's stages into the editor; nothing is published. */
  edit: (stages: unknown) => void;
  rollBack: (version: number) => Promise<void>;
}

/** What was published, newest first. */
export function VersionList({ versions, isBusy, edit, rollBack }: VersionListProps) {
  if (versions.length === 0) return null;
  return (
    <Section title="Versions">
      <Panel>
        <ul aria-label="Versions" className="divide-y divide-line">
          {versions.map(({ id, version, stages, publishedAt, restoredVersion }, place) => (
            <li
              key={id}
              className="flex flex-wrap items-center justify-between gap-2 px-4 py-2 text-[13px]"
            >
              <span className="flex flex-wrap items-center gap-2">
                <span className="font-medium">Version {version}</span>
                {place === 0 && <Tag tone="good">In force</Tag>}
                <span className="text-muted">
                  {Array.isArray(stages) ? stages.length : 0} stages
                  {restoredVersion !== null && `, as in version ${restoredVersion}`},{' '}
                  <TimeAgo at={publishedAt} />
                </span>
              </span>
              <span className="flex gap-1">
                <Button look="quiet" onClick={() => edit(stages)}>
                  Edit<span className="sr-only"> version {version}</span>
                </Button>
                {place > 0 && (
                  <Button look="quiet" disabled={isBusy} onClick={() => void rollBack(version)}>
                    Roll back<span className="sr-only"> to version {version}</span>
                  </Button>
                )}
              </span>
            </li>
          ))}
        </ul>
      </Panel>
    </Section>
  );
}
