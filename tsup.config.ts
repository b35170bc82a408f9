import { defineConfig } from 'tsup';

const entries = {
  index: 'src/index.ts',
  gateway: 'src/gateway/index.ts',
  gnuradio: 'src/gnuradio/index.ts',
  savant: 'src/savant/index.ts',
  sigmf: 'src/sigmf/index.ts',
  testing: 'src/testing/index.ts',
};

export default defineConfig({
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
  clean: true,
  splitting: true, // several entries must share one copy of the error classes, in CommonJS too
  treeshake: true,
  removeNodeProtocol: false, // `node:net` tells bundlers for browsers what to leave alone
  external: ['rxjs', 'zeromq', '#platform'],
});
