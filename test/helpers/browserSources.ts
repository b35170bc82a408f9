import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The sources, on the platform of a browser. */
const sources: Plugin = {
  name: 'sources',
  setup({ onResolve }) {
    const lead = (filter: RegExp, path: string): void =>
      onResolve({ filter }, () => ({ path: `${root}src/${path}`, sideEffects: false }));
    lead(/^rxzmq$/, 'index.ts');
    onResolve({ filter: /^rxzmq\/nats$/ }, () => ({ path: `${root}src/nats/index.ts` })); // importing it registers the driver
    lead(/^rxzmq\/stage$/, 'workers/stage/index.ts');
    lead(/^rxzmq\/workers$/, 'workers/index.ts');
    onResolve({ filter: /^rxzmq\/scope$/ }, () => ({ path: `${root}src/scope/index.ts` })); // importing it defines the element
    onResolve({ filter: /^rxzmq\/scopeWorker\.js$/ }, () => ({ path: `${root}src/scope/worker/scopeWorker.ts` }));
    lead(/^#platform$/, 'platform/browser.ts');
  },
};

/** Bundles a program, as a text, for browsers: the library is there as its sources, and everything is in it. */
export async function bundleForBrowser(contents: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    absWorkingDir: root,
    plugins: [sources],
    tsconfigRaw: {},
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
  });
  return outputFiles[0]!.contents;
}
