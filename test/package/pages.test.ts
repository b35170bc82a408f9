import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { npm } from '../../scripts/npm.mjs';
import { Program } from './Program.js';
import { run } from './run.js';

// The files for browsers, where they run without one: in bundles, in other runtimes, and in jest with a document.

const platform = `${process.platform}-${process.arch}`;
// The packages of the runtimes themselves; those that one usually installs fetch these, in an install script.
const runtimes = {
  node: `node-${platform}`,
  deno: `@deno/${platform}${process.platform === 'linux' ? '-glibc' : ''}`,
  bun: `@oven/bun-${platform}`,
};
const tools = ['webpack@5', 'vite@8', 'jest@30', 'jest-environment-jsdom@30'];

/** Where all of them are. */
let folder: string;

const binary = (runtime: keyof typeof runtimes, file: string) =>
  join(folder, 'node_modules', runtimes[runtime], process.platform === 'win32' ? `${file}.exe` : file);

beforeAll(() => {
  folder = join(dirname(inject('bare')), 'page');
  cpSync(fileURLToPath(new URL('page', import.meta.url)), folder, { recursive: true });
  const packages = ['rxjs@7', 'ws@8', `${runtimes.node}@22`, runtimes.deno, runtimes.bun, ...tools];
  npm(['install', '--ignore-scripts', inject('tarball'), ...packages], { cwd: folder });
  for (const entry of ['rxzmq', 'rxzmq/browser']) {
    const program = readFileSync(join(folder, 'client.mjs'), 'utf8').replace('ENTRY', entry);
    writeFileSync(join(folder, entry === 'rxzmq' ? 'page.mjs' : 'unbundled.mjs'), program);
  }
}, 400_000);

/** What a client prints, and what its gateway does, which gets the same from it. */
async function meet(name: string, file: string, command: () => readonly string[]) {
  const gateway = new Program(folder, process.execPath, 'gateway.mjs');
  try {
    const at = await gateway.line();
    const start = `start-${name}.mjs`;
    writeFileSync(join(folder, start), `globalThis.at = ${JSON.stringify(at)};\nawait import('./${file}');\n`);
    const [program, ...args] = command();
    const client = new Program(folder, program!, ...args, start);
    try {
      const said = await client.end();
      return { client: said, gateway: said.status === 0 ? await gateway.end() : undefined };
    } finally {
      client.stop();
    }
  } finally {
    gateway.stop();
  }
}

const said = { output: 'TUNED cf32 1,2,3,4\n', status: 0 };
const met = { client: said, gateway: said };

const node = () => [binary('node', 'bin/node')];
const deno = () => [binary('deno', 'deno'), 'run', '-A', '--node-modules-dir=manual'];
const bun = () => [binary('bun', 'bin/bun'), 'run'];

describe('a page meets a gateway', () => {
  it.each([
    ['Node 22', 'unbundled.mjs', node],
    ['Node 22, as on Node', 'page.mjs', node],
    ['Deno', 'unbundled.mjs', deno],
    ['Deno, as on Node', 'page.mjs', deno],
    ['Bun', 'unbundled.mjs', bun],
    ['Bun, as on Node', 'page.mjs', bun],
  ])('in %s', async (name, file, command) => {
    expect(await meet(name.replace(/\W/g, ''), file, command)).toEqual(met);
  });

  it('bundled by esbuild', async () => {
    await bundle({
      entryPoints: [join(folder, 'page.mjs')],
      outfile: join(folder, 'esbuild.mjs'),
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      tsconfigRaw: {},
      logLevel: 'silent',
    });
    expect(await meet('esbuild', 'esbuild.mjs', node)).toEqual(met);
  });

  it('bundled by webpack', async () => {
    const build = `import webpack from 'webpack';
const output = { path: import.meta.dirname, filename: 'webpack.mjs', module: true, chunkFormat: 'module' };
const experiments = { outputModule: true, topLevelAwait: true };
webpack({ mode: 'production', target: ['web', 'es2022'], entry: './page.mjs', output, experiments, performance: false }, (error, stats) => {
  if (error) throw error;
  console.log(stats.toString({ all: false, errors: true, warnings: true }));
  process.exitCode = stats.hasErrors() || stats.hasWarnings() ? 1 : 0;
});
`;
    writeFileSync(join(folder, 'buildWebpack.mjs'), build);
    expect(run(folder, 'buildWebpack.mjs')).toEqual({ output: '\n', status: 0 });
    expect(await meet('webpack', 'webpack.mjs', node)).toEqual(met);
  });

  it('bundled by Vite', async () => {
    const build = `import { build } from 'vite';
const output = { entryFileNames: 'page.mjs', format: 'es' };
const options = { outDir: 'vite', target: 'es2022', modulePreload: { polyfill: false } };
const logLevel = 'warn';
await build({ configFile: false, logLevel, build: { ...options, rollupOptions: { input: './page.mjs', output } } });
`;
    writeFileSync(join(folder, 'buildVite.mjs'), build);
    expect(run(folder, 'buildVite.mjs')).toEqual({ output: '', status: 0 });
    expect(await meet('vite', 'vite/page.mjs', node)).toEqual(met);
  });
});

it('jest with jsdom runs tests of pages', () => {
  const { output, status } = run(folder, 'node_modules/jest/bin/jest.js', '--ci', '--colors=false');
  expect(output).toMatch(/^Tests: +5 passed, 5 total$/m);
  expect(status).toBe(0);
});
