import { useLazyQuery, useMutation } from '@apollo/client/react';
import { useState } from 'react';
import {
  pipelineQuery,
  previewQuery,
  publishMutation,
  rollBackMutation,
  saveDraftMutation,
} from './pipeline-documents.ts';
import { errorsByStage, readStages, type StageText } from './stage-texts.ts';

const noErrors: ReadonlyMap<number, string> = new Map();

/** What can be done with the stages on the page; what is wrong with them, by their place. */
export function usePipelineActions(sourceId: string, texts: readonly StageText[]) {
  const [errors, setErrors] = useState(noErrors);
  const [done, setDone] = useState<string>();
  const [runPreview, previewing] = useLazyQuery(previewQuery, { fetchPolicy: 'no-cache' });
  const refetch = { refetchQueries: [pipelineQuery], awaitRefetchQueries: true };
  const [runSave, saving] = useMutation(saveDraftMutation, refetch);
  const [runPublish, publishing] = useMutation(publishMutation, refetch);
  const [runRollBack, rolling] = useMutation(rollBackMutation, refetch);

  /** Runs `send` with the stages as JSON; failures of the connection are in the hooks' results. */
  async function withStages(send: (stages: unknown[]) => Promise<void>): Promise<void> {
    setDone(undefined);
    const read = readStages(texts);
    setErrors(read.ok ? noErrors : read.errors);
    if (read.ok) await send(read.stages).catch(() => {});
  }

  return {
    errors,
    done,
    error: previewing.error ?? saving.error ?? publishing.error ?? rolling.error,
    isBusy: previewing.loading || saving.loading || publishing.loading || rolling.loading,
    previews: previewing.data?.previewPipeline.events,
    preview: (sampleIds: readonly string[]) =>
      withStages(async (stages) => {
        const input = { sourceId, stages, sampleIds: [...sampleIds] };
        const { data } = await runPreview({ variables: { input } });
        setErrors(errorsByStage(data?.previewPipeline.userErrors ?? []));
      }),
    save: () =>
      withStages(async (stages) => {
        const { data } = await runSave({ variables: { input: { sourceId, stages } } });
        const { userErrors = [] } = data?.savePipelineDraft ?? {};
        setErrors(errorsByStage(userErrors));
        if (userErrors.length === 0) setDone('The draft is saved.');
      }),
    publish: () =>
      withStages(async (stages) => {
        const { data } = await runPublish({ variables: { input: { sourceId, stages } } });
        const { pipeline, userErrors = [] } = data?.publishPipeline ?? {};
        setErrors(errorsByStage(userErrors));
        if (pipeline) setDone(`Version ${pipeline.version} is in force.`);
      }),
    /** @returns the stages that are in force again. */
    async rollBack(version: number): Promise<unknown> {
      setDone(undefined);
      const variables = { input: { sourceId, version } };
      const { data } = await runRollBack({ variables }).catch(() => ({ data: undefined }));
      const { pipeline, userErrors = [] } = data?.rollBackPipeline ?? {};
      setErrors(errorsByStage(userErrors));
      if (pipeline) setDone(`Version ${version} is back, as version ${pipeline.version}.`);
      return pipeline?.stages;
    },
  };
}
