import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, inject, it } from 'vitest';
import { npm } from '../../scripts/npm.mjs';
import { run } from './run.js';

/** Where webpack is, and no zeromq. */
let folder: string;

beforeAll(() => {
  folder = join(dirname(inject('bare')), 'bundler');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  const program = `import { firstValueFrom, of } from 'rxjs';
import { fromPull, text, toPush } from 'rxzmq';
const received = firstValueFrom(fromPull('inproc://bundled', { codec: text }));
of('bundled').pipe(toPush('inproc://bundled', { codec: text })).subscribe();
console.log(await received);
await firstValueFrom(fromPull('tcp://127.0.0.1:1', { driver: 'native' })).catch((error) => console.log(error.code));
`;
  writeFileSync(join(folder, 'program.js'), program);
  const bundle = `import webpack from 'webpack';
const output = { path: import.meta.dirname, filename: 'bundle.mjs', module: true, chunkFormat: 'module' };
const experiments = { outputModule: true, topLevelAwait: true };
webpack({ mode: 'production', target: 'node20', entry: './program.js', output, experiments }, (error, stats) => {
  if (error) throw error;
  console.log(stats.toString({ all: false, errors: true, warnings: true }));
  process.exitCode = stats.hasErrors() || stats.hasWarnings() ? 1 : 0;
});
`;
  writeFileSync(join(folder, 'bundle.js'), bundle);
  npm(['install', inject('tarball'), 'rxjs@7', 'webpack@5'], { cwd: folder });
}, 180_000);

it('webpack bundles a program where the optional zeromq is not installed', () => {
  expect(run(folder, 'bundle.js')).toEqual({ output: '\n', status: 0 });
  expect(run(folder, 'bundle.mjs')).toEqual({ output: 'bundled\nERR_NATIVE_LOAD\n', status: 0 });
});
