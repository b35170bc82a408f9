import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** In a checkout the page is made of the sources. With rxzmq installed, leave this out: the bundler finds what is for browsers. */
const sources: Plugin = {
  name: 'sources',
  setup({ onResolve }) {
    onResolve({ filter: /^rxzmq$/ }, () => ({ path: `${root}src/index.ts`, sideEffects: false }));
    onResolve({ filter: /^rxzmq\/scope$/ }, () => ({ path: `${root}src/scope/index.ts` }));
    onResolve({ filter: /^#platform$/ }, () => ({ path: `${root}src/platform/browser.ts`, sideEffects: false }));
  },
};

/** One file of a page's program and all that it imports. */
export async function bundle(entry: URL): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    plugins: [sources],
    tsconfigRaw: {},
  });
  return outputFiles[0]!.contents;
}
