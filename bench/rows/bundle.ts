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

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a page has to load. */
export const bundle: Row = {
  name: 'bundle',
  title: 'The size of a bundle for a browser, minified and gzipped, with nothing left out but rxjs',
  async run() {
    // it comes with the tools that build the package, and is none of its own
    const esbuild = await import('esbuild').catch(() => undefined);
    if (!esbuild) return 'esbuild is not installed';
    const figures: Figure[] = [];
    for (const [names, budget] of entries) {
      const { outputFiles } = await esbuild.build({
        stdin: { contents: `export { ${names} } from 'rxzmq';`, resolveDir: root, sourcefile: 'page.js' },
        absWorkingDir: root,
        tsconfigRaw: {}, // rxzmq is the built package
        bundle: true,
        minify: true,
        write: false,
        format: 'esm',
        platform: 'browser',
        target: 'es2022',
        external: ['rxjs'],
        logLevel: 'error',
      });
      const { contents } = outputFiles[0]!;
      figures.push({
        label: `bundle of { ${names} }`,
        unit: 'kB',
        ...single(gzipSync(contents, { level: 9 }).length / 1000),
        ...(budget ? targetOf('engine', budget) : {}),
        absolute: `${(contents.length / 1000).toFixed(1)} kB before gzip`,
      });
    }
    return figures;
  },
};
