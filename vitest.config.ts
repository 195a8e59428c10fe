import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['@benchbook/source'] },
  ssr: { resolve: { conditions: ['@benchbook/source', 'node', 'import', 'module', 'default'] } },
  test: {
    include: ['packages/*/{src,test}/**/*.test.ts', 'test/**/*.test.ts'],
    // cedar-wasm aborts hot loops on Node 20 and 22 without this flag (see docs/architecture.md).
    pool: 'forks',
    execArgv: ['--no-turbo-inline-js-wasm-calls'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
