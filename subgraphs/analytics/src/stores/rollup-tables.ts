/** From short steps to long ones. */
export const rollupTables = ['rollup_minute', 'rollup_hour', 'rollup_day'] as const;
export type RollupTable = (typeof rollupTables)[number];

/** What minutes counted from the stored events are called in a statement that reads them, or are built from them. */
export const countedMinutes = 'counted_minute';
export type MinuteTable = typeof countedMinutes | 'rollup_minute';
