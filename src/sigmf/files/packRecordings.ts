import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { giveLarge } from '../../memory/largeBuffers.js';
import { FileError, fileError } from '../errors.js';
import { loadTar, type Tar } from './loadTar.js';
import { sizeOf } from './lookAt.js';
import { SUFFIX } from './names.js';
import { readBlocks } from './readBlocks.js';
import { requireFree } from './requireFree.js';
import { writeAll } from './writeAll.js';

const BLOCK = 512;
const READ_BYTES = 1024 * 1024;

interface PackSettings {
  readonly overwrite: boolean;
  /** Whether the packed files are deleted once the archive is complete. */
  readonly deletes: boolean;
}

interface Packed {
  readonly path: string;
  /** The name in the archive. */
  readonly name: string;
}

/** Packs recordings, and their collection if there is one, into an archive, which appears at its path only when it is complete. */
export async function packRecordings(
  of: string,
  archive: string,
  bases: readonly string[],
  collection: string | undefined,
  { overwrite, deletes }: PackSettings,
): Promise<void> {
  await requireFree(of, [archive], overwrite);
  const tar = await loadTar(of);
  const files: Packed[] = bases.flatMap((base) =>
    [SUFFIX.meta, SUFFIX.data].map((end) => ({
      path: base + end,
      name: `${basename(base)}/${basename(base)}${end}`,
    })),
  );
  if (collection !== undefined) files.unshift({ path: collection, name: basename(collection) });
  const temporary = `${archive}.tmp`;
  try {
    await writeArchive(of, tar, temporary, files);
    await rename(temporary, archive);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw cause instanceof FileError ? cause : fileError(of, 'write', archive, cause);
  }
  if (deletes) for (const { path } of files) await rm(path, { force: true });
}

async function writeArchive(of: string, tar: Tar, path: string, files: readonly Packed[]): Promise<void> {
  const handle = await open(path, 'w');
  try {
    let at = 0;
    for (const file of files) at = await writeEntry(of, tar, handle, at, file);
    await writeAll(handle, new Uint8Array(2 * BLOCK), at, () => undefined);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeEntry(
  of: string,
  tar: Tar,
  handle: FileHandle,
  at: number,
  { path, name }: Packed,
): Promise<number> {
  const size = await sizeOf(of, path);
  const header = headerOf(tar, name, size);
  await writeAll(handle, header, at, () => undefined);
  let end = at + header.length;
  for await (const { bytes } of readBlocks(of, { path, offset: 0, length: size }, spans(size))) {
    await writeAll(handle, bytes, end, () => undefined);
    end += bytes.length;
    giveLarge(bytes);
  }
  const padding = (BLOCK - (size % BLOCK)) % BLOCK;
  await writeAll(handle, new Uint8Array(padding), end, () => undefined);
  return end + padding;
}

/** Values that do not fit into a plain header (a long name, or more than 8 GiB) have a header of their own before it. */
function headerOf(tar: Tar, name: string, size: number): Uint8Array {
  const fields = { path: name, size, mode: 0o644, uid: 0, gid: 0, mtime: new Date(0), type: 'File' as const };
  const header = new tar.Header(fields);
  header.encode();
  const block = header.block ?? Buffer.alloc(BLOCK);
  return header.needPax ? Buffer.concat([new tar.Pax({ path: name, size }).encode(), block]) : block;
}

function* spans(total: number): Generator<{ offset: number; length: number }, void, undefined> {
  for (let offset = 0; offset < total; offset += READ_BYTES) {
    yield { offset, length: Math.min(READ_BYTES, total - offset) };
  }
}
