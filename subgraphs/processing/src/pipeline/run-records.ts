/**
 * Takes records through their pipelines, so that none can hold up the others: each has a tenth of a
 * second of its own, and each pipeline a budget. What records need of other servers is fetched in
 * between, for all that wait at once.
 */
import type { EventReceived } from '@tributary/events';
import type { Failure } from './failure.ts';
import type { HttpLookups } from './http-lookups.ts';
import { createPipelineBudget } from './pipeline-budget.ts';
import { type CompiledPipeline, type Outcome, runPipeline, type Trace } from './run-pipeline.ts';
import type { Stage } from './stage.ts';
import { visitWithin } from './visit-within.ts';

const recordMilliseconds = 100;
const mostUnwatchedStages = 3;
/** More than a pipeline has stages: each round answers what a stage of every record waits for. */
const mostRounds = 60;

export interface Job {
  record: EventReceived;
  pipeline: CompiledPipeline;
}

/** Everything that becomes of a record in the end. */
export type Settled = Exclude<Outcome, { kind: 'waiting' }>;

export type RunRecords = (jobs: readonly Job[]) => Promise<Settled[]>;

/** Outcomes in the order of the jobs. */
export function createRecordRunner({ http }: { http: HttpLookups }): RunRecords {
  const budget = createPipelineBudget();

  function runOne({ record, pipeline }: Job, trace: Trace): Outcome {
    // Most sources have no stages, and nothing to be held to.
    if (pipeline.stages.length === 0) return runPipeline(record, pipeline, trace);
    if (budget.isResting(pipeline.stages)) return resting;
    const before = performance.now();
    const outcome = runPipeline(record, pipeline, trace);
    budget.spend(pipeline.stages, performance.now() - before, false);
    return outcome;
  }

  /** One round over the records that have no outcome yet. */
  function attempt(jobs: readonly Job[]): Outcome[] {
    const outcomes: Outcome[] = [];
    const trace: Trace = { at: 'VALIDATE' };
    if (!jobs.some(({ pipeline }) => mayTakeLong(pipeline.stages))) {
      return jobs.map((job) => runOne(job, trace));
    }
    visitWithin({
      count: jobs.length,
      milliseconds: recordMilliseconds,
      visit(index) {
        const job = jobs[index];
        if (job) outcomes[index] = runOne(job, trace);
      },
      onOverrun(index) {
        const job = jobs[index];
        if (job) budget.spend(job.pipeline.stages, recordMilliseconds, true);
        outcomes[index] = { kind: 'failed', failure: overrun(trace) };
      },
    });
    return outcomes;
  }

  return async (jobs) => {
    const settled: Settled[] = [];
    let open = jobs.map((job, index) => ({ job, index }));
    for (let round = 0; open.length > 0; round += 1) {
      const outcomes = attempt(open.map(({ job }) => job));
      const waiting: typeof open = [];
      const requests = outcomes.flatMap((outcome, place) => {
        const { job, index } = open[place] ?? {};
        if (!job || index === undefined) return [];
        if (outcome.kind === 'waiting' && round < mostRounds) {
          waiting.push({ job, index });
          return [outcome.request];
        }
        settled[index] = outcome.kind === 'waiting' ? unanswered : outcome;
        return [];
      });
      await http.fetchAll(requests);
      open = waiting;
    }
    return settled;
  };
}

/**
 * Whether there has to be a watchdog, which costs as much as a hundred events do. Schemas are bounded when
 * they are registered, and a stage without an expression takes 30 ms of the largest event at most.
 */
function mayTakeLong(stages: readonly Stage[]): boolean {
  return stages.length > mostUnwatchedStages || stages.some((stage) => stage.hasExpression);
}

function overrun({ at }: Trace): Failure {
  const reason = `took longer than ${recordMilliseconds} ms and was ended`;
  return { stage: at, field: null, reason, retry: true };
}

const resting: Settled = {
  kind: 'failed',
  failure: {
    stage: 'TRANSFORM',
    field: null,
    reason: 'was not tried: its pipeline took too much time and rests for a minute',
    retry: true,
  },
};

const unanswered: Settled = {
  kind: 'failed',
  failure: {
    stage: 'ENRICH',
    field: null,
    reason: 'other servers gave no lasting answer',
    retry: true,
  },
};
