import type { DashboardQuery } from '../../generated/graphql.ts';

export type Dashboard = NonNullable<DashboardQuery['dashboard']>;
export type Widget = Dashboard['widgets'][number];
