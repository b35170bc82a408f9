import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { npm } from '../../scripts/npm.mjs';
import { pack } from '../helpers/pack.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The lowest TypeScript whose users we promise to serve; README and CHANGELOG name it too. */
const LOWEST_TYPESCRIPT = '5.7.2';

declare module 'vitest' {
  interface ProvidedContext {
    /** The packed package. */
    tarball: string;
    /** A folder with the package and the lowest rxjs, zeromq and TypeScript that it supports. */
    consumer: string;
    /** One with the package and rxjs alone: zeromq is optional. */
    bare: string;
  }
}

export default function setup(project: TestProject): () => void {
  const temporary = mkdtempSync(join(tmpdir(), 'rxzmq-package-'));
  const teardown = () => rmSync(temporary, { recursive: true, force: true });
  try {
    prepare(project, temporary);
  } catch (error) {
    teardown(); // vitest calls it only after a setup that worked
    throw error;
  }
  return teardown;
}

function prepare(project: TestProject, temporary: string): void {
  const folder = (name: string) => join(temporary, name);
  for (const name of ['pack', 'consumer', 'bare']) mkdirSync(folder(name));

  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    peerDependencies: Record<string, string>;
  };
  const tarball = pack(folder('pack'));

  const peers = Object.entries(manifest.peerDependencies).map(
    ([peer, range]) => `${peer}@${range.replace(/^\D+/, '')}`,
  );
  writeFileSync(join(folder('consumer'), 'package.json'), '{ "private": true }\n');
  npm(
    [
      'install',
      '--ignore-scripts', // the prebuilt addon must do
      tarball,
      ...peers,
      `typescript-lowest@npm:typescript@${LOWEST_TYPESCRIPT}`,
      'typescript-newest@npm:typescript@latest',
    ],
    { cwd: folder('consumer') },
  );
  const required = peers.filter((peer) => peer.startsWith('rxjs@'));
  writeFileSync(join(folder('bare'), 'package.json'), '{ "private": true }\n');
  npm(['install', '--ignore-scripts', tarball, ...required], { cwd: folder('bare') });

  for (const name of ['consumer', 'bare'])
    cpSync(join(root, 'test/package/consumer'), folder(name), { recursive: true });

  project.provide('tarball', tarball);
  project.provide('consumer', folder('consumer'));
  project.provide('bare', folder('bare'));
}
