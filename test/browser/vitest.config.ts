import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      '#platform': at('src/platform/node.ts'),
      'rxzmq/gateway': at('src/gateway/index.ts'),
      'rxzmq/nats': at('src/nats/index.ts'),
      'rxzmq/scope': at('src/scope/index.ts'),
      rxzmq: at('src/index.ts'),
    },
  },
  test: {
    root: at('.'),
    include: ['test/browser/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
