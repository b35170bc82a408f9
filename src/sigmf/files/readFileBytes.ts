import { readFile } from 'node:fs/promises';
import { fileError } from '../errors.js';

/** A small file, whole. */
export async function readFileBytes(of: string, path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw fileError(of, 'read', path, cause);
  }
}
