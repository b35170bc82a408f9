import { open, rename, rm } from 'node:fs/promises';
import { fileError } from '../errors.js';

/** Replaces a file atomically: readers see the old file or the new one. */
export async function replaceFile(of: string, path: string, text: string, durable: 'durable' | 'quick'): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(text);
      if (durable === 'durable') await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fileError(of, 'write', path, cause);
  }
}
