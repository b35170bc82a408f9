import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './peers.js';
import { builtFile } from './program.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The command line in a folder that has RxJS and no optional package, for a test. */
export function withoutPackages(): string {
  const folder = temporaryFolder();
  const file = join(folder, 'dist/cli.js');
  mkdirSync(join(folder, 'dist'));
  mkdirSync(join(folder, 'node_modules'));
  copyFileSync(builtFile, file);
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  for (const name of ['rxjs', 'tslib']) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  return file;
}
