import type { ApiClientResolvers } from '../generated/resolvers.ts';
import { listKeys } from '../services/directory.ts';

const defaultDays = 30;

export const ApiClient: ApiClientResolvers = {
  keys: ({ id }, _, context) => listKeys(context, id),
  manifests: ({ id }, _, { operationViews, principal }) =>
    operationViews.manifestsOf(principal, id),
  activeManifest: ({ id }, _, { operationViews, principal }) =>
    operationViews.manifestOf(principal, id),
  manifest: ({ id }, { version }, { operationViews, principal }) =>
    operationViews.manifestOf(principal, id, version),
  usage: ({ id }, { days, operationId }, { operationViews, principal }) =>
    operationViews.usageOf(principal, id, {
      days: days ?? defaultDays,
      operationId: operationId ?? undefined,
    }),
};
