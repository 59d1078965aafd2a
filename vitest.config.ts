import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{gateway,subgraphs,packages,prisma,scripts,web,tests}/**/*.test.ts'],
    globalSetup: 'packages/testkit/src/global-setup.ts',
    // Tests start real processes; two cores are the least we count on.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 3,
  },
});
