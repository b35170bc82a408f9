import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Failure } from '../run/Failure.js';

/** The files of the package that the page loads; the last one is the worker of the scope, which stands beside it. */
export const pageFiles = ['page-rxjs.js', 'browser.js', 'browser-scope.js', 'scopeWorker.js'] as const;
export type PageFile = (typeof pageFiles)[number];

/** In the package this module is in `dist`; in a checkout that is elsewhere. */
const FOLDERS = [new URL('./', import.meta.url), new URL('../../../dist/', import.meta.url)];

/** Where a file is. @throws Failure if the package is not built */
export function builtFile(name: PageFile): string {
  for (const folder of FOLDERS) {
    const path = fileURLToPath(new URL(name, folder));
    if (existsSync(path)) return path;
  }
  throw new Failure(`the page needs ${name} of the built package: npm run build`);
}
