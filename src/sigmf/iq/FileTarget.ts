import { type FileHandle, open } from 'node:fs/promises';
import { fileError } from '../errors.js';
import { lookAt } from '../files/lookAt.js';
import { writeAll } from '../files/writeAll.js';
import type { ByteTarget } from './ByteTarget.js';

/** A file, or a pipe or device that has a name. */
export class FileTarget implements ByteTarget {
  readonly #of: string;
  readonly #path: string;
  readonly #overwrite: boolean;
  #handle: FileHandle | undefined;
  #isFile = true;

  constructor(of: string, path: string, overwrite: boolean) {
    this.#of = of;
    this.#path = path;
    this.#overwrite = overwrite;
  }

  async open(): Promise<void> {
    const found = await lookAt(this.#of, this.#path);
    this.#isFile = found === undefined || found.isFile();
    try {
      this.#handle = await open(this.#path, this.#isFile && !this.#overwrite ? 'wx' : 'w');
    } catch (cause) {
      throw fileError(this.#of, 'open', this.#path, cause);
    }
  }

  async write(bytes: Uint8Array, wrote: (count: number) => void): Promise<void> {
    if (this.#handle) await writeAll(this.#handle, bytes, null, wrote);
  }

  async rewriteStart(bytes: Uint8Array): Promise<void> {
    if (this.#handle && this.#isFile) await writeAll(this.#handle, bytes, 0, () => undefined);
  }

  async close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    try {
      if (this.#isFile) await handle?.sync();
    } finally {
      await handle?.close();
    }
  }
}
