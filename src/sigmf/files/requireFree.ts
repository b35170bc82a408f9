import { dirname } from 'node:path';
import { fileError } from '../errors.js';
import { lookAt } from './lookAt.js';

/** Checks that files can be created: their folder exists, and they do not, unless they may be overwritten. */
export async function requireFree(of: string, paths: readonly string[], overwrite: boolean): Promise<void> {
  for (const path of paths) {
    const found = await lookAt(of, path);
    if (found?.isDirectory()) throw fileError(of, 'open', path, { code: 'EISDIR' });
    if (found?.isFile() && !overwrite) throw fileError(of, 'open', path, { code: 'EEXIST' });
    const folder = await lookAt(of, dirname(path));
    if (folder === undefined) throw fileError(of, 'open', path, { code: 'ENOENT' });
    if (!folder.isDirectory()) throw fileError(of, 'open', path, { code: 'ENOTDIR' });
  }
}

/** Checks that a base name is not a folder: the caller probably meant a file in it. */
export async function requireNoFolder(of: string, path: string): Promise<void> {
  if ((await lookAt(of, path))?.isDirectory()) throw fileError(of, 'open', path, { code: 'EISDIR' });
}
