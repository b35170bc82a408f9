import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Failure } from '../run/Failure.js';

/** The files of the package that a page loads, by their names in the import map. */
export const pageFiles = ['rxjs.js', 'browser.js', 'scope.js'] as const;
export type PageFile = (typeof pageFiles)[number];

/** In the package this module is in `dist`; in a checkout that is elsewhere. */
const FOLDERS = [new URL('./', import.meta.url), new URL('../../../dist/', import.meta.url)];
const NAMES: Readonly<Record<PageFile, string>> = {
  'rxjs.js': 'page-rxjs.js',
  'browser.js': 'browser.js',
  'scope.js': 'scope.js',
};

/** Where a file is. @throws Failure if the package is not built */
export function builtFile(name: PageFile): string {
  for (const folder of FOLDERS) {
    const path = fileURLToPath(new URL(NAMES[name], folder));
    if (existsSync(path)) return path;
  }
  throw new Failure(`the page needs ${NAMES[name]} of the built package: npm run build`);
}
