import { dirname } from 'node:path';
import { fileError } from '../errors.js';
import { lookAt } from './lookAt.js';

/** Makes sure that files can be made: their folder is there, and they are not, unless they may be overwritten. */
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

/** Makes sure that a base name is not that of a folder: then a file in it was meant. */
export async function requireNoFolder(of: string, path: string): Promise<void> {
  if ((await lookAt(of, path))?.isDirectory()) throw fileError(of, 'open', path, { code: 'EISDIR' });
}
