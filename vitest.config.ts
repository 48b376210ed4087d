import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Workspaces are run straight from their TypeScript source.
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'], externalConditions: ['source'] } },
  test: {
    include: ['{packages,samples,test,scripts}/**/*.test.ts'],
    // Starts nothing by itself.
    globalSetup: ['samples/bookstore/src/test/postgres-setup.ts'],
    // Containers and servers: two at a time is what a small machine bears.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
