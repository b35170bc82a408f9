import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { fileError } from '../errors.js';

/** What is at a path; `undefined`: nothing. */
export async function lookAt(of: string, path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw fileError(of, 'open', path, cause);
  }
}

/** Whether there is a file, and no folder, at a path. */
export async function isFile(of: string, path: string): Promise<boolean> {
  const found = await lookAt(of, path);
  return found !== undefined && !found.isDirectory();
}

/** How long a file is. @throws FileError for a folder, or where there is none */
export async function sizeOf(of: string, path: string): Promise<number> {
  const found = await lookAt(of, path);
  if (found === undefined) throw fileError(of, 'open', path, { code: 'ENOENT' });
  if (found.isDirectory()) throw fileError(of, 'open', path, { code: 'EISDIR' });
  return found.size;
}
