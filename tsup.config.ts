import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts' },
  format: ['esm', 'cjs'],
  target: 'node20',
  dts: true,
  sourcemap: true,
  clean: true,
  splitting: true, // several entries must share one copy of the error classes, in CommonJS too
  treeshake: true,
  external: ['rxjs', 'zeromq'],
});
