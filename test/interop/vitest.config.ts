import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The tests against live peers of other makes. They need Python: `npm run test:interop`. */
export default defineConfig({
  root: fromRoot('.'),
  resolve: {
    alias: {
      '#platform': fromRoot('src/platform/node.ts'),
      'rxzmq/gateway': fromRoot('src/gateway/index.ts'),
      'rxzmq/gnuradio': fromRoot('src/gnuradio/index.ts'),
      'rxzmq/nats': fromRoot('src/nats/index.ts'),
      'rxzmq/savant': fromRoot('src/savant/index.ts'),
      'rxzmq/sigmf': fromRoot('src/sigmf/index.ts'),
      'rxzmq/testing': fromRoot('src/testing/index.ts'),
      rxzmq: fromRoot('src/index.ts'),
    },
  },
  test: {
    include: ['test/interop/**/*.test.ts'],
    setupFiles: ['test/interop/harness/noneLeft.ts'],
    pool: 'forks', // a native socket left open must not outlive its file
    testTimeout: 240_000,
  },
});
