import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Applications of the oldest and the newest Angular on the packed package: built, prerendered, with their specs, in a browser. */
export default defineConfig({
  resolve: {
    alias: {
      '#platform': at('src/platform/node.ts'),
      'rxzmq/gateway': at('src/gateway/index.ts'),
      rxzmq: at('src/index.ts'),
    },
  },
  test: {
    root: at('.'),
    include: ['test/angular/app/*.test.ts'],
    globalSetup: ['test/angular/app/setup.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 600_000, // Angular's compiler on a busy machine
    hookTimeout: 600_000,
  },
});
