import { createHash } from 'node:crypto';
import { basename, dirname, extname, join } from 'node:path';
import { fileError } from '../errors.js';
import { parseCollection } from '../metadata/parseCollection.js';
import { findInArchive } from './findInArchive.js';
import { findPair } from './findPair.js';
import type { FoundRecording } from './FoundRecording.js';
import { isFile, lookAt } from './lookAt.js';
import { SUFFIX, withoutSuffix } from './names.js';
import { readFileBytes } from './readFileBytes.js';

/**
 * Finds the recordings of a path: a base name, either file of a recording, an archive, a collection, or a file of bare samples that
 * has metadata beside it.
 *
 * @param known the required extensions that the caller supports
 * @throws FileError, RecordingError
 */
export async function findRecordings(of: string, path: string, known: readonly string[]): Promise<FoundRecording[]> {
  if (path.endsWith(SUFFIX.meta) || path.endsWith(SUFFIX.data)) return [await findPair(of, withoutSuffix(path), known)];
  if (path.endsWith(SUFFIX.archive)) return findInArchive(of, await existing(of, path), known);
  if (path.endsWith(SUFFIX.collection)) return findCollection(of, await existing(of, path), known);
  if (await isFile(of, path + SUFFIX.meta)) return [await findPair(of, path, known)];
  if (await isFile(of, path + SUFFIX.archive)) return findInArchive(of, path + SUFFIX.archive, known);
  if (await isFile(of, path + SUFFIX.collection)) return findCollection(of, path + SUFFIX.collection, known);
  const base = path.slice(0, path.length - extname(path).length);
  if (base !== path && (await isFile(of, path)) && (await isFile(of, base + SUFFIX.meta))) {
    const found = await findPair(of, base, known);
    if (basename(found.data.path) === basename(path)) return [found];
  }
  if ((await lookAt(of, path))?.isDirectory()) throw fileError(of, 'open', path, { code: 'EISDIR' });
  return [await findPair(of, path, known)]; // throws an error that says what is missing
}

async function findCollection(of: string, path: string, known: readonly string[]): Promise<FoundRecording[]> {
  const streams = parseCollection(path, await readFileBytes(of, path));
  const found: FoundRecording[] = [];
  for (const { name, hash } of streams) {
    const check = (metaBytes: Uint8Array) =>
      createHash('sha512').update(metaBytes).digest('hex') === hash
        ? undefined
        : `its metadata are not those that ${path} has the hash of`;
    found.push(await findPair(of, join(dirname(path), name), known, check));
  }
  return found;
}

async function existing(of: string, path: string): Promise<string> {
  const found = await lookAt(of, path);
  if (found === undefined) throw fileError(of, 'open', path, { code: 'ENOENT' });
  if (found.isDirectory()) throw fileError(of, 'open', path, { code: 'EISDIR' });
  return path;
}
