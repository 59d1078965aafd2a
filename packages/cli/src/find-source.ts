import { z } from 'zod';
import type { Ask } from './api.ts';
import { CommandError } from './command-error.ts';

const sourcesSchema = z.object({
  workspace: z.object({
    sources: z.object({
      edges: z.array(z.object({ node: z.object({ id: z.string(), name: z.string() }) })),
    }),
  }),
});

/** The id of the source of this name or id. @throws CommandError with the names that there are. */
export async function findSource(ask: Ask, given: string): Promise<string> {
  const { workspace } = await ask(
    sourcesSchema,
    '{ workspace { sources(first: 100) { edges { node { id name } } } } }',
  );
  const all = workspace.sources.edges.map(({ node }) => node);
  const found = all.find(({ id, name }) => id === given || name === given);
  if (found) return found.id;
  const names = all.map(({ name }) => name).join(', ');
  throw new CommandError(`--source: there is no source ${given}; there are: ${names || 'none'}`);
}
