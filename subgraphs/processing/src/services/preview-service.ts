import { authorise } from '@tributary/chassis';
import { inputError, parseInput } from '@tributary/errors';
import type { EventReceived } from '@tributary/events';
import { z } from 'zod';
import { toReplayedEvent } from '../dead-letters/replay-event.ts';
import { checkRecord } from '../ingest/check-record.ts';
import { toReceivedEvent } from '../ingest/received-event.ts';
import { recordOf } from '../ingest/record-of.ts';
import type { CompilePreview } from '../pipeline/compile-preview.ts';
import type { CompiledDefinitions, DefinitionCache } from '../pipeline/definitions.ts';
import { type EventPreview, previewOf } from '../pipeline/preview-event.ts';
import type { RunRecords } from '../pipeline/run-records.ts';
import type { Stage } from '../pipeline/stage.ts';
import type { Caller } from './caller.ts';
import type { ParseStages } from './parse-stages.ts';
import { noSuchSource } from './pipeline-service.ts';

const mostEvents = 20;
const ids = z.array(z.uuid('must be ids')).max(mostEvents, `must be at most ${mostEvents}`);
const previewSchema = z.object({
  sourceId: z.uuid('must be the id of a source'),
  /** The published ones when left out. */
  stages: z.unknown().optional(),
  sampleIds: ids.nullish().transform((given) => given ?? undefined),
  deadLetterIds: ids.nullish().transform((given) => given ?? []),
  events: z
    .array(z.unknown())
    .max(mostEvents, `must be at most ${mostEvents}`)
    .nullish()
    .transform((given) => given ?? []),
});

type PreviewInput = z.infer<typeof previewSchema>;

/** What the published stages, or those given, would make of events; nothing goes anywhere. */
export type PreviewEvents = (
  workspace: string,
  sourceId: string,
  events: readonly EventReceived[],
  stages?: readonly Stage[],
) => Promise<EventPreview[]>;

export function createEventPreviewer(deps: {
  definitions: DefinitionCache;
  runRecords: RunRecords;
}): PreviewEvents {
  const { definitions, runRecords } = deps;
  return async (workspace, sourceId, events, stages) => {
    const { pipelineFor } = await definitions.get(workspace);
    const jobs = events.map((record) => {
      const published = pipelineFor(sourceId, record.type);
      return { record, pipeline: { ...published, stages: stages ?? published.stages } };
    });
    const outcomes = await runRecords(jobs);
    return outcomes.flatMap((outcome, index) => {
      const record = events[index];
      return record ? [previewOf(record, outcome)] : [];
    });
  };
}

export interface PreviewServiceDeps {
  definitions: DefinitionCache;
  parseStages: ParseStages;
  compilePreview: CompilePreview;
  previewEvents: PreviewEvents;
}

export function createPreviewService(deps: PreviewServiceDeps) {
  const { definitions, parseStages, compilePreview, previewEvents } = deps;

  async function compile(workspace: string, { sourceId, stages }: PreviewInput) {
    if (stages === undefined || stages === null) return undefined;
    const parsed = await parseStages(workspace, stages);
    const compiled = await compilePreview(workspace, sourceId, parsed);
    if (!compiled) throw noSuchSource();
    return compiled;
  }

  return {
    /**
     * Tries stages on events: samples by id, dead letters by id, and events as their producer would
     * send them; on the newest samples when none is chosen.
     */
    async preview(caller: Caller, input: unknown): Promise<EventPreview[]> {
      const { workspace } = authorise(caller.principal, 'pipeline.publish');
      const parsed = parseInput(previewSchema, input);
      const source = await caller.loaders.source.load(parsed.sourceId);
      if (!source) throw noSuchSource();
      const stages = await compile(workspace, parsed);
      const fresh = await definitions.refresh(workspace);
      const events = [
        ...(await samplesOf(caller, parsed)),
        ...(await lettersOf(caller, parsed, fresh)),
        ...givenOf(caller, workspace, parsed, fresh),
      ];
      return previewEvents(workspace, source.id, events.slice(0, mostEvents), stages);
    },
  };
}

/** Those chosen, or the newest when nothing at all is. */
async function samplesOf(caller: Caller, input: PreviewInput): Promise<EventReceived[]> {
  const { sampleIds, deadLetterIds, events } = input;
  const isChosen = sampleIds !== undefined || deadLetterIds.length > 0 || events.length > 0;
  const samples = await caller.loaders.sampleEvents.load(input.sourceId);
  return samples.filter(({ id }) => !isChosen || sampleIds?.includes(id)).map(({ event }) => event);
}

async function lettersOf(
  caller: Caller,
  { deadLetterIds, sourceId }: PreviewInput,
  definitions: CompiledDefinitions,
): Promise<EventReceived[]> {
  const letters = await Promise.all(deadLetterIds.map((id) => caller.loaders.deadLetter.load(id)));
  return letters.flatMap((letter) => {
    if (!letter || letter.sourceId !== sourceId) return [];
    const replayed = toReplayedEvent(letter, { definitions, requestId: caller.requestId });
    return replayed.kind === 'good' ? [replayed.event] : [];
  });
}

function givenOf(
  caller: Caller,
  workspace: string,
  { events, sourceId }: PreviewInput,
  { validatorFor }: CompiledDefinitions,
): EventReceived[] {
  const now = new Date();
  const origin = {
    workspace,
    sourceId,
    requestId: caller.requestId,
    acceptedAt: now.toISOString(),
  };
  return events.map((event, index) => {
    const checked = checkRecord(recordOf(event), { now, defaultTime: now, validatorFor });
    if (checked.kind === 'good') return toReceivedEvent(checked.event, origin);
    const { field, reason } = checked.failure;
    const path = field === null ? [] : field.split('.');
    throw inputError(`${field ?? 'The event'}: ${reason}.`, [
      'input',
      'events',
      String(index),
      ...path,
    ]);
  });
}
