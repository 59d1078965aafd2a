export const subgraphNames = ['users', 'processing', 'analytics', 'notifications'] as const;
export type SubgraphName = (typeof subgraphNames)[number];
