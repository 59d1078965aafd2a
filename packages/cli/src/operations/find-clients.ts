import { z } from 'zod';
import type { Ask } from '../api.ts';
import { CommandError } from '../command-error.ts';

const clientSchema = z.object({ id: z.string(), name: z.string() });
export type Client = z.infer<typeof clientSchema>;

const answerSchema = z.object({
  workspace: z.object({
    apiClients: z.array(clientSchema.extend({ retiredAt: z.string().nullable() })),
  }),
});

/** The workspace's API clients that are not retired. */
export async function findClients(ask: Ask): Promise<Client[]> {
  const { workspace } = await ask(
    answerSchema,
    'query Clients { workspace { apiClients { id name retiredAt } } }',
  );
  return workspace.apiClients.filter(({ retiredAt }) => retiredAt === null);
}

/** @throws CommandError when none, or several, go by this name. */
export async function findClient(ask: Ask, nameOrId: string): Promise<Client> {
  const clients = await findClients(ask);
  const wanted = nameOrId.toLowerCase();
  const found = clients.filter(({ id, name }) => id === nameOrId || name.toLowerCase() === wanted);
  const [client, ...others] = found;
  if (client && others.length === 0) return client;
  const names = (client ? found : clients).map(({ id, name }) => `  ${name}  ${id}`);
  const problem = client ? 'Several API clients are called' : 'There is no API client called';
  throw new CommandError([`${problem} ${nameOrId}.`, ...names].join('\n'));
}
