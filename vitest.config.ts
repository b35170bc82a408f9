import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const alias = { rxzmq: fileURLToPath(new URL('./src/index.ts', import.meta.url)) };

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/interop/**', 'test/package/**', 'node_modules/**'],
    pool: 'forks', // a native socket left open must not outlive its file
    testTimeout: 20_000,
    // npm run types looks at all sources; here it is only the assertions of the type tests
    typecheck: {
      enabled: true,
      ignoreSourceErrors: true,
      include: ['test/types/**/*.test-d.ts'],
      tsconfig: './tsconfig.json',
    },
  },
});
