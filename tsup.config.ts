import { dirname, relative, resolve } from 'node:path';
import { defineConfig, type Options } from 'tsup';
import { pure } from './scripts/pure.mjs';

const entries = {
  index: 'src/index.ts',
  angular: 'src/angular/index.ts',
  gateway: 'src/gateway/index.ts',
  gnuradio: 'src/gnuradio/index.ts',
  nats: 'src/nats/index.ts',
  savant: 'src/savant/index.ts',
  scope: 'src/scope/index.ts',
  sigmf: 'src/sigmf/index.ts',
  stage: 'src/workers/stage/index.ts',
  testing: 'src/testing/index.ts',
  workers: 'src/workers/index.ts',
};

/** The sources on the platform of a browser, whoever resolves them. */
const inBrowsers: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'in-browsers',
  setup(build) {
    build.onResolve({ filter: /^#platform$/ }, () => ({
      path: resolve('src/platform/browser.ts'),
      sideEffects: false,
    }));
  },
};

/** What the command line imports of the library by its public modules is in their files; the rest is in its own. */
const publicModules: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'public-modules',
  setup(build) {
    build.onResolve({ filter: /\/index\.js$/ }, ({ path, importer }) => {
      if (!importer.startsWith(resolve('src/cli'))) return undefined;
      const source = relative('src', resolve(dirname(importer), path));
      const [name] = Object.entries(entries).find(([, file]) => file === `src/${source.replace(/\.js$/, '.ts')}`) ?? [];
      return name === undefined ? undefined : { path: `./${name}.js`, external: true };
    });
  },
};

/** Bundlers look into the chunks of the modules, too: they must be able to leave out each value in them. */
const treeShakable: NonNullable<Options['plugins']>[number] = {
  name: 'tree-shakable',
  renderChunk(code, { path }) {
    return path.endsWith('.js') ? { code: pure(code) } : undefined;
  },
};

export default defineConfig([
  {
    entry: {
      ...entries,
      // What `#platform` in package.json chooses from: it is left to whoever resolves it, here and in the built files.
      'platform/node': 'src/platform/node.ts',
      'platform/browser': 'src/platform/browser.ts',
    },
    format: ['esm', 'cjs'],
    target: 'node20',
    dts: { entry: entries, banner: '/// <reference lib="esnext.disposable" />' }, // for `await using`, in programs that name no such lib
    plugins: [treeShakable],
    clean: ['**/*', '!browser*', '!scopeWorker.*', '!cli.*', '!page-rxjs.*'],
    splitting: true, // several entries must share one copy of the error classes, in CommonJS too
    treeshake: true,
    removeNodeProtocol: false, // `node:net` tells bundlers for browsers what to leave alone
    external: ['rxjs', 'zeromq', 'ws', /^@angular\//, /^@nats-io\//, '#platform'],
  },
  {
    // Files that need nothing but rxjs: for import maps. Bundlers take the browser's platform by themselves.
    entry: { browser: 'src/index.ts', 'browser-scope': 'src/scope/index.ts' },
    format: ['esm'],
    target: 'es2022',
    platform: 'browser',
    dts: false,
    minify: true, // nobody does it for those who import it in a page
    splitting: false,
    external: ['rxjs', /^@nats-io\//],
    esbuildPlugins: [inBrowsers],
    esbuildOptions(options) {
      options.lineLimit = 200; // runtimes show the line of an error
    },
  },
  {
    // The command line, with its parser and its FFT in it: `npx rxzmq` needs nothing but the package and rxjs.
    entry: { cli: 'src/cli/main.ts' },
    format: ['esm'],
    target: 'node20',
    platform: 'node',
    dts: false,
    splitting: false,
    treeshake: true,
    removeNodeProtocol: false,
    external: ['rxjs', 'zeromq', 'ws', 'tar', /^@nats-io\//, '#platform'],
    noExternal: ['commander', 'fourier-transform'],
    // the parser is CommonJS and requires modules of Node
    banner: {
      js: "import { createRequire as requireOfNode } from 'node:module'; const require = requireOfNode(import.meta.url);",
    },
    esbuildPlugins: [publicModules],
  },
  {
    // rxjs in one file, for the page of `rxzmq scope --web`: it has no bundler and asks no other host.
    entry: { 'page-rxjs': 'node_modules/rxjs/dist/esm/index.js' },
    format: ['esm'],
    target: 'es2022',
    platform: 'browser',
    dts: false,
    minify: true,
    splitting: false,
    treeshake: true,
    noExternal: [/./],
  },
  {
    // The worker of a scope imports nothing: it has no import map.
    entry: { scopeWorker: 'src/scope/worker/scopeWorker.ts' },
    format: ['esm'],
    target: 'es2022',
    platform: 'browser',
    dts: false,
    splitting: false,
    treeshake: true,
    noExternal: [/./],
    esbuildPlugins: [inBrowsers],
  },
]);
