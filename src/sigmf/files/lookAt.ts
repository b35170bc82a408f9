import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { fileError } from '../errors.js';

/** The stats of a path; `undefined` if it does not exist. */
export async function lookAt(of: string, path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw fileError(of, 'open', path, cause);
  }
}

/** Whether a path is a file, and not a folder. */
export async function isFile(of: string, path: string): Promise<boolean> {
  const found = await lookAt(of, path);
  return found !== undefined && !found.isDirectory();
}

/** The length of a file. @throws FileError if it is a folder, or does not exist */
export async function sizeOf(of: string, path: string): Promise<number> {
  const found = await lookAt(of, path);
  if (found === undefined) throw fileError(of, 'open', path, { code: 'ENOENT' });
  if (found.isDirectory()) throw fileError(of, 'open', path, { code: 'EISDIR' });
  return found.size;
}
