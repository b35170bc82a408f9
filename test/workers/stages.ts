import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';

export type Name = 'act' | 'scale' | 'same' | 'outer' | 'throwsAtLoad' | 'exitsAtLoad' | 'plain' | 'empty';

/** Compiles the stages beside this file, for the tests of one file, and says where one is: a worker here loads no TypeScript. */
export function builtStages(): (name: Name) => URL {
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rxzmq-stages-'));
    await build({
      entryPoints: [fileURLToPath(new URL('./stages/*.ts', import.meta.url))],
      outdir: folder,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      outExtension: { '.js': '.mjs' },
      banner: {
        js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
      },
      sourcemap: 'inline',
      logLevel: 'warning',
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (name) => pathToFileURL(join(folder, `${name}.mjs`));
}
