import type { WorkspaceResolvers } from '../generated/resolvers.ts';

export const Workspace: WorkspaceResolvers = {
  /** Another workspace is not there. */
  __resolveReference: ({ id }, { principal }) =>
    principal.kind !== 'anonymous' && principal.workspace === id ? { id } : null,
  sources: (_, { first, after }, context) =>
    context.sources.list(context, { first: first ?? 20, after: after ?? null }),
  eventTypes: (_, __, context) => context.eventTypes.list(context),
  lookupTables: (_, __, context) => context.lookupTables.list(context),
  deadLetters: (_, { first, after, status, filter }, context) =>
    context.deadLetters.list(
      context,
      { first: first ?? 20, after: after ?? null },
      { status, filter },
    ),
  imports: (_, { first, after }, context) =>
    context.imports.list(context, { first: first ?? 20, after: after ?? null }),
  importFolder: (_, __, context) => context.imports.folderFiles(context),
  deadLetterGroups: (_, { status }, context) =>
    context.deadLetters.groups(context, status ?? 'OPEN'),
};
