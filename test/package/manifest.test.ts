import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { expect, inject, it } from 'vitest';
import { deadLinks } from '../docs/deadLinks.js';
import { run } from './run.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as Record<string, unknown>;

it('publint has nothing to say', async () => {
  const tarball = readFileSync(inject('tarball'));
  const pack = {
    tarball: tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength),
  };
  const { messages } = await publint({ pack, strict: true });

  expect(messages.map((message) => formatMessage(message, manifest, { color: false }))).toEqual([]);
});

it('the types resolve in node10, node16 ESM, node16 CommonJS and bundlers', () => {
  const attw = join(
    dirname(createRequire(import.meta.url).resolve('@arethetypeswrong/cli/package.json')),
    'dist/index.js',
  );
  const check = (...options: string[]) => run(root, attw, inject('tarball'), '--no-color', ...options);

  // the file for import maps is a module alone, as are Angular's own packages
  for (const { output, status } of [
    check('--exclude-entrypoints', 'browser', 'browser/scope', 'scopeWorker.js', 'angular'), // node10 too
    check('--profile', 'esm-only', '--entrypoints', 'browser', 'browser/scope', 'angular'),
  ]) {
    expect(output).toContain('node16 (from ESM)'); // it has looked
    expect(status).toBe(0);
  }
});

it('holds the build and what npm adds, nothing else', () => {
  const entries = execFileSync('tar', ['-tzf', inject('tarball')], { encoding: 'utf8' })
    .trim()
    .split('\n');
  const other = entries.filter((entry) => !/^package\/dist\/(platform\/)?[^/]+\.(c?js|d\.c?ts)$/.test(entry));

  expect(other.sort()).toEqual(
    [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'docs/angular.md',
      'docs/architecture.md',
      'docs/benchmarks.md',
      'docs/browsers.md',
      'docs/codecs.md',
      'docs/commandLine.md',
      'docs/demand.md',
      'docs/engine.md',
      'docs/errors.md',
      'docs/fromDoppler.md',
      'docs/fromGnuRadio.md',
      'docs/fromZeroMQ.md',
      'docs/gateway.md',
      'docs/gettingStarted.md',
      'docs/heavyStages.md',
      'docs/images/demand.svg',
      'docs/images/house.svg',
      'docs/images/patterns.svg',
      'docs/images/scope-light.webp',
      'docs/images/scope-phone.webp',
      'docs/images/scope.webp',
      'docs/nats.md',
      'docs/performance.md',
      'docs/recordings.md',
      'docs/savant.md',
      'docs/scope.md',
      'docs/security.md',
      'docs/signals.md',
      'docs/sockets.md',
      'docs/streams.md',
      'docs/testing.md',
      'package.json',
    ].map((name) => `package/${name}`),
  );
});

it('has no side effects but those of rxzmq/nats and rxzmq/scope, and says which Node it needs', () => {
  expect(manifest['sideEffects']).toEqual([
    './dist/nats.js',
    './dist/nats.cjs',
    './dist/scope.js',
    './dist/scope.cjs',
    './dist/browser-scope.js',
    './dist/scopeWorker.js',
  ]);
  expect(manifest['engines']).toEqual({ node: '>=20.19.0' });
});

it('has the types of every entry for moduleResolution node10 as well', () => {
  const entries = Object.keys(manifest['exports'] as object).filter(
    (name) => !['.', './package.json', './scopeWorker.js'].includes(name),
  );
  const { '*': typed } = manifest['typesVersions'] as { '*': Record<string, [string]> };
  expect(Object.keys(typed).map((name) => `./${name}`)).toEqual(entries);
});

it('has no dead link: each leads to a file of the package and an anchor in it, or to another host', () => {
  const inside = execFileSync('tar', ['-tzf', inject('tarball')], { encoding: 'utf8' })
    .trim()
    .split('\n');
  const read = (name: string) =>
    execFileSync('tar', ['-xzOf', inject('tarball'), `package/${name}`], { encoding: 'utf8' });
  const dead = deadLinks(
    inside.map((entry) => entry.replace('package/', '')).filter((name) => name.endsWith('.md')),
    read,
    (name) => inside.includes(`package/${name}`),
  );
  expect(dead).toEqual([]);
});

const installed = join(inject('consumer'), 'node_modules/rxzmq');
const files = readdirSync(installed, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name));

it('takes at most 5,400 kB on a disk', () => {
  const kilobytes = files.reduce((sum, file) => sum + statSync(file).size, 0) / 1000;
  console.log(`${kilobytes.toFixed(0)} kB in ${files.length} files`);
  expect(kilobytes).toBeLessThanOrEqual(5400);
});

it('names no map, as none is packed', () => {
  const built = files.filter((file) => /\.(c?js|d\.c?ts)$/.test(file));
  expect(built.filter((file) => readFileSync(file, 'utf8').includes('sourceMappingURL'))).toEqual([]);
});
