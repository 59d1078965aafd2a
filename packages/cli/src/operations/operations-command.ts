/** `tributary operations …`: partners' registered operations from a shell or a pipeline. */
import { parseArgs } from 'node:util';
import { describeProblem } from '@tributary/operations';
import { type Ask, createAsk } from '../api.ts';
import { CommandError, usageExit } from '../command-error.ts';
import { type Changed, changeOperations, pushFiles } from './change-operations.ts';
import { checkActive, checkFiles, readRules } from './check-operations.ts';
import { type Client, findClient, findClients } from './find-clients.ts';
import { listVersions } from './list-versions.ts';

export const operationsUsage = `tributary operations push FILE… --client CLIENT [--note TEXT] [--activate]
tributary operations activate --client CLIENT --version N
tributary operations rollback --client CLIENT [--version N]
tributary operations retire --client CLIENT --version N
tributary operations list [--client CLIENT]
tributary operations check [FILE…] --supergraph FILE_OR_URL [--config FILE] [--client CLIENT]

FILE is Apollo's manifest, Relay's map, a .graphql document, or a folder of them. CLIENT is an API
client's name or id. \`check\` without a FILE checks what partners run now, and fails if the supergraph
would break any of it. TRIBUTARY_TOKEN is an access token (for list and check, an API key with
read:clients will do), TRIBUTARY_URL the gateway's address (http://localhost:4000).`;

interface Given {
  paths: string[];
  client?: string | undefined;
  version?: string | undefined;
  note?: string | undefined;
  activate?: boolean | undefined;
  supergraph?: string | undefined;
  config?: string | undefined;
}

type Command = (given: Given, environment: NodeJS.ProcessEnv) => Promise<string[]>;

const commands: Readonly<Record<string, Command>> = {
  push,
  activate,
  rollback,
  retire,
  list,
  check,
};

/** @returns lines to print. @throws CommandError for what was typed, or could not be done. */
export async function runOperations(
  [name = '', ...words]: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<string[]> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new CommandError(operationsUsage, usageExit);
  return command(readFlags(words), environment);
}

function readFlags(words: readonly string[]): Given {
  try {
    const { values, positionals: paths } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        client: { type: 'string' },
        version: { type: 'string' },
        note: { type: 'string' },
        activate: { type: 'boolean' },
        supergraph: { type: 'string' },
        config: { type: 'string' },
      },
    });
    return { ...values, paths };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`${reason}\n\n${operationsUsage}`, usageExit);
  }
}

async function push(given: Given, environment: NodeJS.ProcessEnv): Promise<string[]> {
  if (given.paths.length === 0) throw missing('FILE');
  const { ask, client } = await open(given, environment);
  const { paths, note = '' } = given;
  const pushed = await pushFiles(ask, client, { paths, note });
  const done = describe(client, pushed);
  if (!given.activate) return [done];
  const { version } = pushed;
  const active = await changeOperations(ask, 'activateOperations', {
    clientId: client.id,
    version,
  });
  return [done, describe(client, active)];
}

async function activate(given: Given, environment: NodeJS.ProcessEnv): Promise<string[]> {
  return change('activateOperations', given, environment, requireVersion(given));
}

async function rollback(given: Given, environment: NodeJS.ProcessEnv): Promise<string[]> {
  const version = given.version === undefined ? undefined : requireVersion(given);
  return change('rollBackOperations', given, environment, version);
}

async function retire(given: Given, environment: NodeJS.ProcessEnv): Promise<string[]> {
  return change('retireOperations', given, environment, requireVersion(given));
}

async function list({ client }: Given, environment: NodeJS.ProcessEnv): Promise<string[]> {
  const ask = createAsk(environment);
  return listVersions(ask, await clientsOf(ask, client));
}

async function check(given: Given, environment: NodeJS.ProcessEnv): Promise<string[]> {
  const { paths, client, supergraph, config } = given;
  if (supergraph === undefined) throw missing('--supergraph');
  const rules = await readRules({ supergraph, config });
  const checked = paths.length > 0 ? await checkFiles(paths, rules) : await checkRegistered();
  const { operations, problems } = checked;
  if (problems.length > 0) throw new CommandError(problems.join('\n'));
  return [`${operations} operations fit ${supergraph}.`];

  async function checkRegistered() {
    const ask = createAsk(environment);
    return checkActive(ask, await clientsOf(ask, client), rules);
  }
}

async function change(
  mutation: 'activateOperations' | 'rollBackOperations' | 'retireOperations',
  given: Given,
  environment: NodeJS.ProcessEnv,
  version: number | undefined,
): Promise<string[]> {
  const { ask, client } = await open(given, environment);
  const changed = await changeOperations(ask, mutation, { clientId: client.id, version });
  const gone = changed.problems.map((problem) => `no longer fits: ${describeProblem(problem)}`);
  return [describe(client, changed), ...gone];
}

async function open({ client }: Given, environment: NodeJS.ProcessEnv) {
  if (client === undefined) throw missing('--client');
  const ask = createAsk(environment);
  return { ask, client: await findClient(ask, client) };
}

async function clientsOf(ask: Ask, client: string | undefined): Promise<Client[]> {
  return client === undefined ? findClients(ask) : [await findClient(ask, client)];
}

function requireVersion({ version }: Given): number {
  if (version === undefined) throw missing('--version');
  if (/^[1-9]\d{0,8}$/.test(version)) return Number(version);
  throw new CommandError(`--version: expected a number, not ${version}`, usageExit);
}

function missing(what: string): CommandError {
  return new CommandError(`${what} is missing.\n\n${operationsUsage}`, usageExit);
}

const describe = ({ name }: Client, { version, state, operationCount }: Changed): string =>
  `${name}: version ${version} with ${operationCount} operations is ${state}.`;
