import type { ApiClientQuery } from '../../generated/graphql.ts';

export type ShownClient = NonNullable<NonNullable<ApiClientQuery['workspace']>['apiClient']>;
export type ShownVersion = ShownClient['manifests'][number];
export type ShownProblem = NonNullable<ShownClient['activeManifest']>['problems'][number];
