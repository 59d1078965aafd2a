import { z } from 'zod';
import type { Ask } from '../api.ts';
import type { Client } from './find-clients.ts';

const versionsSchema = z.object({
  workspace: z.object({
    apiClient: z
      .object({
        operationMode: z.string(),
        manifests: z.array(
          z.object({
            version: z.int(),
            state: z.string(),
            operationCount: z.int(),
            pushedAt: z.string(),
            note: z.string(),
          }),
        ),
      })
      .nullable(),
  }),
});

const versionsQuery = `query Versions($id: ID!) {
  workspace { apiClient(id: $id) {
    operationMode manifests { version state operationCount pushedAt note }
  } }
}`;

/** A line for each version of each client, the newest first. */
export async function listVersions(ask: Ask, clients: readonly Client[]): Promise<string[]> {
  const lines: string[] = [];
  for (const { id, name } of clients) {
    const { workspace } = await ask(versionsSchema, versionsQuery, { id });
    const { operationMode = '', manifests = [] } = workspace.apiClient ?? {};
    if (manifests.length === 0) lines.push(`${name}\tno versions\t${operationMode}`);
    for (const { version, state, operationCount, pushedAt, note } of manifests) {
      const day = pushedAt.slice(0, 10);
      lines.push(
        `${name}\tversion ${version}\t${state}\t${operationCount} operations\t${day}\t${note}`,
      );
    }
  }
  return lines;
}
