import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests that look at pages in a real browser. Apart from the others, since they need a Chromium. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  resolve: { conditions: ['@benchbook/source'] },
  ssr: { resolve: { conditions: ['@benchbook/source', 'node', 'import', 'module', 'default'] } },
  test: {
    include: ['test/ui/**/*.ui.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
