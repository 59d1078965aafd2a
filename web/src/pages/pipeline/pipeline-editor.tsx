import { Button } from '../../components/button.tsx';
import { Section } from '../../components/panel.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { AddStage } from './add-stage.tsx';
import type { PipelineSource } from './pipeline-source.ts';
import { PreviewPanel } from './preview-panel.tsx';
import { StageEditor } from './stage-editor.tsx';
import { usePipelineActions } from './use-pipeline-actions.ts';
import { useStages } from './use-stages.ts';
import { VersionList } from './version-list.tsx';

/** Edits begin with the draft, or else with what is in force. */
export function PipelineEditor({ source }: { source: PipelineSource }) {
  const { pipeline, pipelineDraft: draft } = source;
  const stages = useStages(draft?.stages ?? pipeline?.stages ?? []);
  const actions = usePipelineActions(source.id, stages.texts);
  const { isBusy } = actions;
  return (
    <>
      {actions.error && <ErrorState error={actions.error} />}
      <Section title="Stages">
        <div className="grid gap-2">
          {stages.texts.length === 0 && (
            <EmptyState title="No stages">Events pass as they come.</EmptyState>
          )}
          {stages.texts.map(({ key, text }, place) => (
            <StageEditor
              key={key}
              place={place}
              text={text}
              isLast={place === stages.texts.length - 1}
              error={actions.errors.get(place)}
              change={(changed) => stages.change(place, changed)}
              move={(by) => stages.move(place, by)}
              remove={() => stages.remove(place)}
            />
          ))}
        </div>
        <div className="mt-3 flex flex-wrap items-center justify-between gap-2">
          <AddStage add={stages.add} />
          <div className="flex gap-2">
            <Button disabled={isBusy} onClick={() => void actions.save()}>
              Save draft
            </Button>
            <Button look="primary" disabled={isBusy} onClick={() => void actions.publish()}>
              Publish
            </Button>
          </div>
        </div>
        <p role="alert" className="mt-2 text-[13px] text-critical empty:hidden">
          {actions.errors.get(-1)}
        </p>
        <p role="status" className="mt-2 text-[13px] text-muted">
          {actions.done ??
            (draft && (
              <>
                Draft saved <TimeAgo at={draft.savedAt} />.
              </>
            ))}
        </p>
      </Section>
      <PreviewPanel samples={source.sampleEvents} actions={actions} />
      <VersionList
        versions={source.pipelineVersions}
        isBusy={isBusy}
        edit={stages.reset}
        rollBack={async (version) => {
          const restored = await actions.rollBack(version);
          if (restored !== undefined) stages.reset(restored);
        }}
      />
    </>
  );
}
