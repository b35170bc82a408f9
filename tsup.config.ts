import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    savant: 'src/savant/index.ts',
    sigmf: 'src/sigmf/index.ts',
    testing: 'src/testing/index.ts',
  },
  format: ['esm', 'cjs'],
  target: 'node20',
  dts: { banner: '/// <reference lib="esnext.disposable" />' }, // for `await using`, in programs that name no such lib
  sourcemap: true,
  clean: true,
  splitting: true, // several entries must share one copy of the error classes, in CommonJS too
  treeshake: true,
  removeNodeProtocol: false, // `node:net` tells bundlers for browsers what to leave alone
  external: ['rxjs', 'zeromq'],
});
