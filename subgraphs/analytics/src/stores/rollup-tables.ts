/** From short steps to long ones. */
export const rollupTables = ['rollup_minute', 'rollup_hour', 'rollup_day'] as const;
export type RollupTable = (typeof rollupTables)[number];

/** Minutes that are counted from the stored events, as in `rollup_minute`: a transaction's own, see counted-minutes.ts. */
export const countedMinutes = 'counted_minute';
export type MinuteTable = typeof countedMinutes | 'rollup_minute';
