import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from '../../scripts/npm.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Packs what npm would publish into a folder, after a build where the sources are newer than the last one. */
export function pack(folder: string): string {
  if (!isBuilt()) npm(['run', 'build', '--silent'], { cwd: root });
  npm(['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: root });
  return join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.tgz'))!,
  );
}

/** Whether the build is newer than all that it is made of. */
function isBuilt(): boolean {
  const last = join(root, 'dist/angular.d.ts');
  if (!existsSync(last)) return false;
  const built = statSync(last).mtimeMs;
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).map((name) => `src/${name}`);
  const scripts = ['tsup.config.ts', 'scripts/hovers.mjs', 'scripts/pure.mjs', 'package.json'];
  return [...sources, ...scripts].every((name) => statSync(join(root, name)).mtimeMs < built);
}
