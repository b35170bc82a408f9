import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { npm } from '../../../scripts/npm.mjs';
import { pack } from '../../helpers/pack.js';
import { type AppName, apps } from './apps.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The Node that the newest Angular needs; the `node` package of this platform has its binary. */
const NEWEST_NODE = '^24.15.0';
const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of each application, with the packed package installed, and its Node. */
    angularApps: Record<AppName, { readonly folder: string; readonly node: string }>;
  }
}

export default function setup(project: TestProject): () => void {
  const temporary = mkdtempSync(join(tmpdir(), 'rxzmq-angular-'));
  const teardown = () => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  try {
    const tarball = pack(temporary);
    const node = newestNode(temporary);
    const prepared = apps.map(({ name }) => {
      const folder = prepare(join(temporary, name), name, tarball);
      return [name, { folder, node: name === 'newest' ? node : process.execPath }] as const;
    });
    project.provide('angularApps', Object.fromEntries(prepared) as never);
  } catch (error) {
    teardown(); // vitest calls it only after a setup that worked
    throw error;
  }
  return teardown;
}

/** A Node that the newest Angular runs on: this one, if it is new enough. */
function newestNode(temporary: string): string {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major >= 26 || (major === 24 && minor >= 15)) return process.execPath;
  const tools = join(temporary, 'tools');
  mkdirSync(tools);
  npm(['install', '--prefix', tools, `${nodePackage}@${NEWEST_NODE}`], { cwd: temporary });
  return join(tools, 'node_modules', nodePackage, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** The example, with the specs of the library, on the packages of its lock file. */
function prepare(folder: string, name: AppName, tarball: string): string {
  const example = join(root, 'examples/angular');
  const skipped = new Set(['node_modules', 'dist', '.angular']);
  cpSync(example, folder, { recursive: true, filter: (path) => !skipped.has(relative(example, path)) });
  cpSync(join(root, 'test/angular/app/specs'), join(folder, 'src/specs'), { recursive: true });
  if (name === 'oldest') cpSync(join(root, 'test/angular/app/oldest'), folder, { recursive: true });
  npm(['ci', '--ignore-scripts'], { cwd: folder });
  npm(['install', '--no-save', '--ignore-scripts', tarball], { cwd: folder });
  const { version } = JSON.parse(readFileSync(join(folder, 'node_modules/@angular/core/package.json'), 'utf8')) as {
    version: string;
  };
  const node = name === 'newest' ? NEWEST_NODE : spawnSync(process.execPath, ['--version']).stdout.toString().trim();
  console.log(`${name}: Angular ${version}, Node ${node}`);
  return folder;
}
