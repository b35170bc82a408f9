import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { expect, expectTypeOf, it } from 'vitest';
import { roomOf } from '../../scripts/borders.mjs';
import type * as browser from '../../src/platform/browser.js';
import type * as node from '../../src/platform/node.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { rooms } = (await import(`${root}eslint.config.js`)) as { rooms: Readonly<Record<string, string>> };

/** The sources, on the platform of a browser. */
const sources: Plugin = {
  name: 'sources',
  setup({ onResolve }) {
    onResolve({ filter: /^rxzmq$/ }, () => ({ path: `${root}src/index.ts`, sideEffects: false }));
    onResolve({ filter: /^rxzmq\/nats$/ }, () => ({ path: `${root}src/nats/index.ts` }));
    onResolve({ filter: /^#platform$/ }, () => ({ path: `${root}src/platform/browser.ts`, sideEffects: false }));
  },
};

it('offers what the platform of Node does, under the same names and types', () => {
  expectTypeOf<typeof browser>().toExtend<typeof node>();
  expectTypeOf<keyof typeof node>().toEqualTypeOf<keyof typeof browser>();
});

/** A page's bundle of some names, minified, with nothing left out but rxjs; and what is in it by room. */
async function bundle(names: readonly string[]) {
  const { metafile, outputFiles } = await build({
    stdin: { contents: `export { ${names.join(', ')} } from 'rxzmq';`, resolveDir: root },
    absWorkingDir: root,
    plugins: [sources],
    tsconfigRaw: {},
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    outdir: 'page',
    external: ['rxjs'],
    logLevel: 'silent',
  });
  const outside = new Set<string>();
  const sizes = new Map<string, number>();
  for (const { imports, inputs } of Object.values(metafile.outputs)) {
    for (const { path, external } of imports) if (external === true) outside.add(path);
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const room = path.startsWith('src/') ? roomOf(rooms, path.slice('src/'.length)) : path;
      sizes.set(room, (sizes.get(room) ?? 0) + bytesInOutput);
    }
  }
  const { contents } = outputFiles[0]!;
  return { outside: [...outside], sizes, bytes: contents.length, zipped: gzipSync(contents, { level: 9 }).length };
}

it('bundles sources, sinks and requests for a browser, with nothing left out but rxjs', async () => {
  const { outside, sizes, bytes } = await bundle(['fromSub', 'toPush', 'request']);
  const lines = [...sizes].sort(([, a], [, b]) => b - a).map(([room, size]) => `${String(size).padStart(7)} ${room}`);
  console.log(`${bytes} bytes, by room:\n${lines.join('\n')}`);

  expect(outside).toEqual(['rxjs']);
  const ofNode =
    /^native$|\/node$|^savant|^testing|^gateway|^sockets|^security$|^engine\/(inproc|carriers)|^node_modules/;
  expect([...sizes.keys()].filter((room) => ofNode.test(room))).toEqual([]);
});

// Minified and gzipped. What a page downloads grows by a decision, and not by accident.
it.each([
  [['frame'], 2.8],
  [['fromSub'], 24.9],
  [['fromSub', 'toPush'], 31.2],
  [['fromSub', 'toPush', 'request'], 34.8],
])('needs for %s at most %d kB', async (names, kilobytes) => {
  const { zipped } = await bundle(names);
  console.log(`${names.join(' + ')}: ${(zipped / 1000).toFixed(1)} kB gzipped`);
  expect(zipped).toBeLessThanOrEqual(kilobytes * 1000);
});

it('has NATS where the page imports it, for its effect alone, and nowhere else', async () => {
  const inputsOf = async (contents: string): Promise<string[]> => {
    const { metafile } = await build({
      stdin: { contents, resolveDir: root },
      absWorkingDir: root,
      plugins: [sources],
      tsconfigRaw: {},
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      outdir: 'page',
      external: ['rxjs'],
      logLevel: 'silent',
    });
    return Object.values(metafile.outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
    );
  };
  const without = await inputsOf(`export { fromSub } from 'rxzmq';`);
  const withIt = await inputsOf(`import 'rxzmq/nats'; export { fromSub } from 'rxzmq';`);
  const ofNats = (path: string) => /^src\/(nats|dpstream)\/(?!EndOfStream)|@nats-io/.test(path);

  expect(without.filter(ofNats)).toEqual([]);
  expect(withIt).toContain('src/nats/page/registerNats.ts');
  expect(withIt.some((path) => path.includes('@nats-io/nats-core'))).toBe(true);
  expect(withIt.filter((path) => path.includes('transport-node'))).toEqual([]);
});
