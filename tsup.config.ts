import { resolve } from 'node:path';
import { defineConfig, type Options } from 'tsup';

const entries = {
  index: 'src/index.ts',
  gateway: 'src/gateway/index.ts',
  gnuradio: 'src/gnuradio/index.ts',
  nats: 'src/nats/index.ts',
  savant: 'src/savant/index.ts',
  sigmf: 'src/sigmf/index.ts',
  stage: 'src/workers/stage/index.ts',
  testing: 'src/testing/index.ts',
  workers: 'src/workers/index.ts',
};

/** The sources on the platform of a browser, whoever resolves them. */
const inBrowsers: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'in-browsers',
  setup(build) {
    build.onResolve({ filter: /^#platform$/ }, () => ({
      path: resolve('src/platform/browser.ts'),
      sideEffects: false,
    }));
  },
};

export default defineConfig([
  {
    entry: {
      ...entries,
      // What `#platform` in package.json chooses from: it is left to whoever resolves it, here and in the built files.
      'platform/node': 'src/platform/node.ts',
      'platform/browser': 'src/platform/browser.ts',
    },
    format: ['esm', 'cjs'],
    target: 'node20',
    dts: { entry: entries, banner: '/// <reference lib="esnext.disposable" />' }, // for `await using`, in programs that name no such lib
    sourcemap: true,
    clean: ['**/*', '!browser.*'],
    splitting: true, // several entries must share one copy of the error classes, in CommonJS too
    treeshake: true,
    removeNodeProtocol: false, // `node:net` tells bundlers for browsers what to leave alone
    external: ['rxjs', 'zeromq', 'ws', /^@nats-io\//, '#platform'],
  },
  {
    // One file that needs nothing but rxjs: for import maps. Bundlers take the browser's platform by themselves.
    entry: { browser: 'src/index.ts' },
    format: ['esm'],
    target: 'es2022',
    platform: 'browser',
    dts: false,
    sourcemap: true,
    splitting: false,
    treeshake: true,
    external: ['rxjs', /^@nats-io\//],
    esbuildPlugins: [inBrowsers],
  },
]);
