/** From short steps to long ones. */
export const rollupTables = ['rollup_minute', 'rollup_hour', 'rollup_day'] as const;
export type RollupTable = (typeof rollupTables)[number];
