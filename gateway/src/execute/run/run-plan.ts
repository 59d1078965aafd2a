import type { PlanProgram } from '../programs/compile-plan.ts';
import type { PlanRun } from './plan-run.ts';
import { runFetch } from './run-fetch.ts';

/** Runs a plan to its end; what fails costs its fields and is among the errors. Never throws. */
export async function runPlan(program: PlanProgram, run: PlanRun): Promise<void> {
  switch (program.kind) {
    case 'fetch':
      return runFetch(program.fetch, run);
    case 'sequence':
      for (const step of program.steps) await runPlan(step, run);
      return;
    case 'parallel':
      await Promise.all(program.steps.map((step) => runPlan(step, run)));
      return;
    case 'condition': {
      const holds = run.variables[program.variable] === true;
      const branch = holds ? program.whenTrue : program.whenFalse;
      if (branch) await runPlan(branch, run);
    }
  }
}
