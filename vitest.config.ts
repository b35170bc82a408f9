import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const alias = {
  '#platform': at('./src/platform/node.ts'),
  'rxzmq/angular': at('./src/angular/index.ts'),
  'rxzmq/gateway': at('./src/gateway/index.ts'),
  'rxzmq/gnuradio': at('./src/gnuradio/index.ts'),
  'rxzmq/nats': at('./src/nats/index.ts'),
  'rxzmq/savant': at('./src/savant/index.ts'),
  'rxzmq/scope': at('./src/scope/index.ts'),
  'rxzmq/sigmf': at('./src/sigmf/index.ts'),
  'rxzmq/stage': at('./src/workers/stage/index.ts'),
  'rxzmq/testing': at('./src/testing/index.ts'),
  'rxzmq/workers': at('./src/workers/index.ts'),
  rxzmq: at('./src/index.ts'),
};

/** Sockets whose options name no driver are libzmq's. */
const nativeByDefault: Plugin = {
  name: 'native-by-default',
  enforce: 'pre',
  async resolveId(source, importer) {
    const replacement = at('./test/helpers/pickNative.ts');
    if (!source.endsWith('/pickDriver.js') || importer === replacement) return null;
    const found = await this.resolve(source, importer, { skipSelf: true });
    return found?.id === at('./src/platform/pickDriver.ts') ? replacement : found;
  },
};

export default defineConfig({
  resolve: { alias },
  test: {
    pool: 'forks', // a native socket left open must not outlive its file
    // limits are for what hangs: a machine with other work to do takes many times as long
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000, interval: 20 } },
    maxWorkers: 2, // most of them wait most of the time
    projects: [
      {
        extends: true,
        test: {
          name: 'engine',
          include: ['test/**/*.test.ts'],
          exclude: ['test/interop/**', 'test/package/**', 'test/browser/**', 'test/angular/app/**', 'node_modules/**'],
          // npm run types looks at all sources; here it is only the assertions of the type tests
          typecheck: {
            enabled: true,
            ignoreSourceErrors: true,
            include: ['test/types/**/*.test-d.ts'],
            tsconfig: './tsconfig.json',
          },
        },
      },
      {
        extends: true,
        plugins: [nativeByDefault],
        test: {
          name: 'native',
          include: ['test/{sources,sinks,operators,demand,badInput,lifetime}/**/*.test.ts'],
        },
      },
    ],
  },
});
