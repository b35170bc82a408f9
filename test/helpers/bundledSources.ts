import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The entry points and their sources, as tsconfig.json maps them. */
function sources(): [name: string, source: string][] {
  const text = readFileSync(join(root, 'tsconfig.json'), 'utf8');
  const { compilerOptions } = JSON.parse(text) as { compilerOptions: { paths: Record<string, [string]> } };
  return Object.entries(compilerOptions.paths).map(([name, [source]]) => [name, source]);
}

/**
 * Bundles the sources, for tests that start many programs: to compile them for each takes longer than all that most of them do.
 *
 * @returns the environment in which `node --import tsx` resolves `rxzmq` to the bundle, until the tests of this file have ended
 */
export async function bundledSources(): Promise<NodeJS.ProcessEnv> {
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'rxzmq-bundled-')); // packages are found from there
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const modules = sources().filter(([name]) => name.startsWith('rxzmq') && name !== 'rxzmq/angular');
  const fileOf = (name: string): string => name.replace('/', '-');
  await build({
    entryPoints: Object.fromEntries(modules.map(([name, source]) => [fileOf(name), source])),
    absWorkingDir: root,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    tsconfigRaw: {},
    alias: { '#platform': join(root, 'src/platform/node.ts') },
    logLevel: 'error',
  });
  const paths = Object.fromEntries(modules.map(([name]) => [name, [join(folder, `${fileOf(name)}.mjs`)]]));
  const tsconfig = join(folder, 'tsconfig.json');
  writeFileSync(tsconfig, JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions: { paths } }));
  return { TSX_TSCONFIG_PATH: tsconfig };
}
