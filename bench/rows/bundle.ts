import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Budget, targetOf } from '../runner/budgets.js';
import type { Figure } from '../runner/Figure.js';
import type { Row } from '../runner/Row.js';
import { single } from '../runner/statistics.js';

/** What a page takes of the package, and what is asked of it. */
const entries: readonly (readonly [names: string, budget?: Budget])[] = [
  ['fromSub', 'bundleFromSub'],
  ['fromSub, toPush', 'bundleToPush'],
  ['fromSub, toPush, request', 'bundleRequest'],
  ['fromSub, fromPull, toPub, toPush, request, reply'],
];

/** What a browser brings itself or does not have, what rxjs is, and what CURVE needs. */
const external = ['node:*', ...builtinModules, 'zeromq', 'rxjs', 'rxjs/*', '@noble/*'];

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a page has to load. */
export const bundle: Row = {
  name: 'bundle',
  title:
    'The size of a bundle for a browser, minified and gzipped, without rxjs, CURVE, node: modules and what is loaded later',
  async run() {
    // it comes with the tools that build the package, and is none of its own
    const esbuild = await import('esbuild').catch(() => undefined);
    if (!esbuild) return 'esbuild is not installed';
    const figures: Figure[] = [];
    for (const [names, budget] of entries) {
      const { outputFiles, metafile } = await esbuild.build({
        stdin: { contents: `export { ${names} } from 'rxzmq';`, resolveDir: root, sourcefile: 'page.js' },
        absWorkingDir: root,
        alias: { rxzmq: './dist/index.js' },
        bundle: true,
        splitting: true,
        minify: true,
        write: false,
        metafile: true,
        format: 'esm',
        platform: 'browser',
        target: 'es2022',
        outdir: 'page',
        external,
        logLevel: 'error',
      });
      const page = Object.keys(metafile.outputs).find((path) => metafile.outputs[path]!.entryPoint === 'page.js');
      const atOnce = reached(page!, metafile.outputs);
      const bytes = outputFiles
        .filter(({ path }) => [...atOnce].some((one) => path.endsWith(one)))
        .map(({ contents }) => ({ plain: contents.length, gzipped: gzipSync(contents, { level: 9 }).length }));
      const sum = (key: 'plain' | 'gzipped'): number => bytes.reduce((total, one) => total + one[key], 0) / 1000;
      figures.push({
        label: `bundle of { ${names} }`,
        unit: 'kB',
        ...single(sum('gzipped')),
        ...(budget ? targetOf('engine', budget) : {}),
        absolute: `${sum('plain').toFixed(1)} kB before gzip; ${outputFiles.length - bytes.length} more files for later`,
      });
    }
    return figures;
  },
};

interface Output {
  readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
}

/** The files that load with one. */
function reached(path: string, outputs: Readonly<Record<string, Output>>, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  for (const { path: next, kind, external: outside } of outputs[path]?.imports ?? []) {
    if (kind === 'import-statement' && outside !== true) reached(next, outputs, found);
  }
  return found;
}
