/** `tributary metrics …`: what is done to metrics from a shell. */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createAsk } from '../api.ts';
import { CommandError, usageExit } from '../command-error.ts';
import { findMetrics, readMetrics } from './find-metrics.ts';
import { rebuildMetric } from './rebuild-metric.ts';

export const metricsUsage = `tributary metrics list
tributary metrics rebuild METRIC…
tributary metrics rebuild --all

METRIC is a metric's name or id. \`rebuild\` counts the stored events again, from the newest hour back, and ends
when all are counted; figures stay until they are replaced. TRIBUTARY_TOKEN is an access token, or an API
key of a client that may run anything, with read:analytics, and write:analytics to rebuild; TRIBUTARY_URL the
gateway's address (http://localhost:4000).`;

export interface Surroundings {
  environment: NodeJS.ProcessEnv;
  /** Prints a line. */
  print: (line: string) => void;
}

interface Given {
  names: string[];
  all?: boolean | undefined;
}

type Command = (given: Given, surroundings: Surroundings) => Promise<void>;

const commands: Readonly<Record<string, Command>> = { list, rebuild };

/** @throws CommandError for what was typed, or could not be done. */
export async function runMetrics(
  [name = '', ...words]: readonly string[],
  surroundings: Surroundings,
): Promise<void> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new CommandError(metricsUsage, usageExit);
  await command(readFlags(words), surroundings);
}

function readFlags(words: readonly string[]): Given {
  try {
    const { values, positionals: names } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { all: { type: 'boolean' } },
    });
    return { ...values, names };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`${reason}\n\n${metricsUsage}`, usageExit);
  }
}

async function list(_: Given, { environment, print }: Surroundings): Promise<void> {
  for (const { id, name, countingBefore } of await readMetrics(createAsk(environment))) {
    const state = countingBefore === null ? 'complete' : `still counting before ${countingBefore}`;
    print(`${name}  ${id}  ${state}`);
  }
}

async function rebuild({ names, all }: Given, { environment, print }: Surroundings): Promise<void> {
  if (names.length === 0 && !all) {
    throw new CommandError(`METRIC is missing.\n\n${metricsUsage}`, usageExit);
  }
  const ask = createAsk(environment);
  const wait = () => pause(pollMilliseconds);
  for (const metric of all ? await readMetrics(ask) : await findMetrics(ask, names)) {
    for await (const line of rebuildMetric(ask, metric, wait)) print(line);
  }
}

const pollMilliseconds = 1_000;
