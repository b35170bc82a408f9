import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Checks of what npm would publish. They build and pack first. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/package/**/*.test.ts'],
    globalSetup: ['test/package/setup.ts'],
    pool: 'forks',
    testTimeout: 300_000, // each starts npm, tsc or a process of its own
  },
});
