import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { describe, expect, inject, it } from 'vitest';

// What a page downloads, from the packed package: bundled, with nothing left out but rxjs, minified, gzipped.

const fromPackage = {
  absWorkingDir: inject('consumer'),
  bundle: true,
  write: false,
  metafile: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  tsconfigRaw: {},
  logLevel: 'silent',
} as const;

async function bundle(names: readonly string[], external: string[]) {
  const contents = `export { ${names.join(', ')} } from 'rxzmq';`;
  const stdin = { contents, resolveDir: inject('consumer') };
  const { outputFiles, metafile } = await build({ ...fromPackage, stdin, minify: true, external });
  const [output] = Object.values(metafile.outputs);
  const outside = output!.imports.filter(({ external }) => external === true).map(({ path }) => path);
  const text = outputFiles[0]!.text;
  const packages = Object.entries(output!.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => /node_modules\/([^/]+)/.exec(path)?.[1]);
  return {
    text,
    packages: [...new Set(packages)].filter((name) => name !== undefined),
    outside: [...new Set(outside)],
    kilobytes: gzipSync(text, { level: 9 }).length / 1000,
  };
}

// It grows by a decision, and not by accident.
it.each([
  [['fromSub'], 25],
  [['fromSub', 'toPush'], 31.3],
  [['fromSub', 'toPush', 'request'], 34.8],
])('%j take at most %d kB', async (names, most) => {
  const { outside, kilobytes } = await bundle(names, ['rxjs']);
  console.log(`${names.join(' + ')}: ${kilobytes.toFixed(2)} kB gzipped`);
  expect(outside).toEqual(['rxjs']);
  expect(kilobytes).toBeLessThanOrEqual(most);
});

it('frame alone brings neither sockets nor rxjs', async () => {
  const { text, packages, kilobytes } = await bundle(['frame'], []);
  console.log(`frame: ${kilobytes.toFixed(2)} kB gzipped`);
  expect(packages).toEqual(['rxzmq']);
  expect(text).not.toMatch(/WebSocket|endpoint|subscribe/);
  expect(kilobytes).toBeLessThanOrEqual(2.8);
});

/** The files of the package, as if each had side effects. */
const withEffects: Plugin = {
  name: 'with-effects',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^(\.|#|rxzmq)/ }, async ({ path, pluginData, ...where }) => {
      if (pluginData === 'asked') return undefined;
      return { ...(await resolve(path, { ...where, pluginData: 'asked' })), sideEffects: true };
    });
  },
};

describe('a module that is not used leaves nothing behind', () => {
  // Chunks have many modules in them, so bundlers that leave out whole files must find each value in them pure, too.
  it.each([
    'rxzmq',
    'rxzmq/stage',
    'rxzmq/gnuradio',
    'rxzmq/savant',
    'rxzmq/workers',
    'rxzmq/testing',
    'rxzmq/sigmf',
    'rxzmq/gateway',
  ])('%s', async (entry) => {
    const stdin = { contents: `import '${entry}';`, resolveDir: inject('consumer') };
    const external = ['rxjs', 'node:*', 'ws', 'tar', 'zeromq', '@nats-io/*'];
    const { outputFiles } = await build({ ...fromPackage, stdin, external, plugins: [withEffects] });
    const code = outputFiles[0]!.text.replace(/^(import .*|\/\/ .*|)\n/gm, '');
    expect(code).toBe('');
  });
});
