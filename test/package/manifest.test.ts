import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { expect, inject, it } from 'vitest';
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

it('the types resolve in node16 ESM, node16 CommonJS and bundlers', () => {
  const attw = join(
    dirname(createRequire(import.meta.url).resolve('@arethetypeswrong/cli/package.json')),
    'dist/index.js',
  );
  const check = (...options: string[]) => run(root, attw, inject('tarball'), '--no-color', ...options);

  // the file for import maps is a module alone
  for (const { output, status } of [
    check('--profile', 'node16', '--exclude-entrypoints', 'browser'),
    check('--profile', 'esm-only', '--entrypoints', 'browser'),
  ]) {
    expect(output).toContain('node16 (from ESM)'); // it has looked
    expect(status).toBe(0);
  }
});

it('holds the build and what npm adds, nothing else', () => {
  const entries = execFileSync('tar', ['-tzf', inject('tarball')], { encoding: 'utf8' })
    .trim()
    .split('\n');
  const other = entries.filter((entry) => !/^package\/dist\/(platform\/)?[^/]+\.(c?js|d\.c?ts)(\.map)?$/.test(entry));

  expect(other.sort()).toEqual(
    [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'docs/architecture.md',
      'docs/benchmarks.md',
      'docs/browsers.md',
      'docs/codecs.md',
      'docs/demand.md',
      'docs/engine.md',
      'docs/errors.md',
      'docs/fromDoppler.md',
      'docs/fromGnuRadio.md',
      'docs/fromZeroMQ.md',
      'docs/gateway.md',
      'docs/gettingStarted.md',
      'docs/heavyStages.md',
      'docs/nats.md',
      'docs/performance.md',
      'docs/recordings.md',
      'docs/savant.md',
      'docs/security.md',
      'docs/signals.md',
      'docs/sockets.md',
      'docs/streams.md',
      'docs/testing.md',
      'package.json',
    ].map((name) => `package/${name}`),
  );
});

it('has no side effects but that of rxzmq/nats, and says which Node it needs', () => {
  expect(manifest['sideEffects']).toEqual(['./dist/nats.js', './dist/nats.cjs']);
  expect(manifest['engines']).toEqual({ node: '>=20.19.0' });
});
