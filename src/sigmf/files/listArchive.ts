import { type FileHandle, open } from 'node:fs/promises';
import type { HeaderData } from 'tar';
import { fileError, RecordingError } from '../errors.js';
import { loadTar, type Tar } from './loadTar.js';
import type { Stretch } from './Stretch.js';

/** A file in an archive. */
export interface ArchiveEntry extends Stretch {
  /** Its path in the archive. */
  readonly name: string;
}

const BLOCK = 512;
/** The maximum size of extended headers, which contain a path and some numbers. */
const LONGEST_HEADER_BYTES = 1024 * 1024;
const FILES: ReadonlySet<string> = new Set(['File', 'OldFile', 'ContiguousFile']);
const LONG_PATHS: ReadonlySet<string> = new Set(['NextFileHasLongPath', 'OldGnuLongPath']);
const PAX_HEADERS: ReadonlySet<string> = new Set(['ExtendedHeader', 'OldExtendedHeader']);
/** The first bytes of compressed files. */
const COMPRESSIONS: readonly (readonly [name: string, magic: readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
];

/**
 * The files of an archive, and the positions of their bytes: it reads only the headers.
 *
 * @throws RecordingError if the file is not an archive, or is cut off
 */
export async function listArchive(of: string, path: string): Promise<ArchiveEntry[]> {
  const tar = await loadTar(of);
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const { size } = await handle.stat();
    return await new ArchiveWalk(of, path, tar, handle, size).list();
  } catch (cause) {
    throw cause instanceof RecordingError ? cause : fileError(of, 'read', path, cause);
  } finally {
    await handle?.close();
  }
}

class ArchiveWalk {
  readonly #of: string;
  readonly #path: string;
  readonly #tar: Tar;
  readonly #handle: FileHandle;
  readonly #size: number;
  #global: HeaderData | undefined;
  /** The extended header for the next file. */
  #extended: HeaderData | undefined;

  constructor(of: string, path: string, tar: Tar, handle: FileHandle, size: number) {
    this.#of = of;
    this.#path = path;
    this.#tar = tar;
    this.#handle = handle;
    this.#size = size;
  }

  async list(): Promise<ArchiveEntry[]> {
    const entries: ArchiveEntry[] = [];
    let at = 0;
    while (at + BLOCK <= this.#size) {
      const block = await this.#read(at, BLOCK);
      if (at === 0) this.#refuseCompressed(block);
      if (block.every((byte) => byte === 0)) return entries;
      const header = new this.#tar.Header(block, 0, this.#extended, this.#global);
      if (!header.cksumValid) throw this.#error(`it is not a tar archive: the header at byte ${at} is wrong`);
      const { path: name = '', size: length = 0, type } = header;
      const offset = at + BLOCK;
      if (offset + length > this.#size) {
        throw this.#error(`it is cut off: ${name} ends at byte ${offset + length}, the archive at ${this.#size}`);
      }
      if (FILES.has(type)) entries.push({ name, path: this.#path, offset, length });
      await this.#takeExtended(type, offset, length);
      at = offset + Math.ceil(length / BLOCK) * BLOCK;
    }
    if (at === 0) throw this.#error('it is not a tar archive: it is too short');
    return entries; // without the two empty blocks at its end, but complete
  }

  async #takeExtended(type: string, offset: number, length: number): Promise<void> {
    const isLongPath = LONG_PATHS.has(type);
    if (!isLongPath && !PAX_HEADERS.has(type) && type !== 'GlobalExtendedHeader') {
      if (type !== 'NextFileHasLongLinkpath') this.#extended = undefined;
      return;
    }
    if (length > LONGEST_HEADER_BYTES) throw this.#error(`the header at byte ${offset} is ${length} bytes long`);
    const text = (await this.#read(offset, length)).toString();
    if (isLongPath) this.#extended = { ...this.#extended, path: text.replace(/\0.*/s, '') };
    else if (type === 'GlobalExtendedHeader') this.#global = this.#tar.Pax.parse(text, this.#global, true);
    else this.#extended = this.#tar.Pax.parse(text, this.#extended);
  }

  async #read(at: number, length: number): Promise<Buffer> {
    const block = Buffer.alloc(length);
    const { bytesRead } = await this.#handle.read(block, 0, length, at);
    if (bytesRead < length) throw this.#error('it became shorter while it was read');
    return block;
  }

  #refuseCompressed(block: Buffer): void {
    const found = COMPRESSIONS.find(([, magic]) => magic.every((byte, i) => block[i] === byte));
    if (found === undefined) return;
    throw this.#error(`it is compressed (${found[0]}), and a SigMF archive is not: unpack it first`);
  }

  #error(text: string): RecordingError {
    return new RecordingError(this.#path, `${this.#of}: ${this.#path}: ${text}`);
  }
}
