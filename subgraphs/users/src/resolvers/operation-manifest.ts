import type { OperationManifestResolvers } from '../generated/resolvers.ts';

export const OperationManifest: OperationManifestResolvers = {
  operations: (manifest, _, { operationViews, principal }) =>
    operationViews.operationsOf(principal, manifest),
  problems: (manifest, _, { operationViews, principal }) =>
    operationViews.problemsOf(principal, manifest),
};
