import { fileURLToPath } from 'node:url';
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

it('bundles sources, sinks and requests for a browser, with nothing left out but rxjs', async () => {
  const { metafile, outputFiles } = await build({
    stdin: { contents: `export { fromSub, toPush, request } from 'rxzmq';`, resolveDir: root },
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
      const room = path.startsWith('src/') ? roomOf(rooms, path.slice('src/'.length)) : 'packages';
      sizes.set(room, (sizes.get(room) ?? 0) + bytesInOutput);
    }
  }
  const lines = [...sizes].sort(([, a], [, b]) => b - a).map(([room, bytes]) => `${String(bytes).padStart(7)} ${room}`);
  console.log(`${outputFiles[0]!.contents.length} bytes, by room:\n${lines.join('\n')}`);

  expect([...outside]).toEqual(['rxjs']);
  expect([...sizes.keys()].filter((room) => /^native$|\/node$|^savant|^testing/.test(room))).toEqual([]);
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
