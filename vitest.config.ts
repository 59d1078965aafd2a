import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Short files that take a minute: begun first, they leave no worker alone at the end. */
const slowFiles = [
  'gateway/test/conformance/conformance.test.ts',
  'packages/event-log/test/event-log.test.ts',
  'subgraphs/processing/test/kafka-sources.test.ts',
];

class SlowFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification) =>
      slowFiles.some((file) => moduleId.endsWith(file));
    const sorted = await super.sort(files);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

const shared = {
  // Tests start real processes; two cores are the least we count on.
  testTimeout: 90_000,
  // Dozens of real processes share the cores with each test: what fails is tried once more, and the
  // report says so (`retry x1`). A fault of ours fails twice.
  retry: 1,
  hookTimeout: 90_000,
  expect: { poll: { timeout: 15_000 } },
};

export default defineConfig({
  test: {
    maxWorkers: 3,
    // Files change nothing that others see, so a process runs many: each loads its modules once, and what
    // tests share (see `scope: 'worker'`) is started once.
    isolate: false,
    sequence: { sequencer: SlowFilesFirst },
    projects: [
      {
        test: {
          ...shared,
          name: 'parts',
          include: ['{gateway,subgraphs,packages,prisma,scripts,web,bench}/**/*.test.ts'],
          globalSetup: 'packages/testkit/src/global-setup.ts',
        },
      },
      {
        test: {
          ...shared,
          name: 'whole',
          include: ['tests/**/*.test.ts'],
          globalSetup: 'tests/global-setup.ts',
        },
      },
    ],
  },
});
