/** What an index of PostgreSQL takes, with room to spare. */
export const longestKey = 512;
export const mostRows = 100_000;
