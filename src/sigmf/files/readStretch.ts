import { open } from 'node:fs/promises';
import { fileError } from '../errors.js';
import type { Stretch } from './Stretch.js';

/** Some bytes of a file, whole. */
export async function readStretch(of: string, { path, offset, length }: Stretch): Promise<Uint8Array> {
  try {
    const handle = await open(path, 'r');
    try {
      const bytes = Buffer.alloc(length);
      const { bytesRead } = await handle.read(bytes, 0, length, offset);
      return bytes.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw fileError(of, 'read', path, cause);
  }
}
