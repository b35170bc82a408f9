import { posix } from 'node:path';
import { RecordingError } from '../errors.js';
import { parseCollection } from '../metadata/parseCollection.js';
import { parseMeta } from '../metadata/parseMeta.js';
import type { FoundRecording } from './FoundRecording.js';
import { type ArchiveEntry, listArchive } from './listArchive.js';
import { SUFFIX, withoutSuffix } from './names.js';
import { readStretch } from './readStretch.js';

/** The recordings of an archive: in the order of its collection, if it has one. */
export async function findInArchive(of: string, path: string, known: readonly string[]): Promise<FoundRecording[]> {
  const entries = await listArchive(of, path);
  const metas = entries.filter(({ name }) => name.endsWith(SUFFIX.meta));
  if (metas.length === 0) throw new RecordingError(path, `${of}: ${path} is an archive without a recording`);
  const found: FoundRecording[] = [];
  for (const meta of metas) found.push(await findEntry(of, path, meta, entries, metas.length === 1, known));
  const collection = entries.find(({ name }) => name.endsWith(SUFFIX.collection));
  if (collection === undefined) return found;
  const order = parseCollection(nameIn(path, collection), await readStretch(of, collection)).map(({ name }) => name);
  const placeOf = ({ name }: FoundRecording) => (order.includes(name) ? order.indexOf(name) : order.length);
  return found.sort((a, b) => placeOf(a) - placeOf(b));
}

async function findEntry(
  of: string,
  path: string,
  meta: ArchiveEntry,
  entries: readonly ArchiveEntry[],
  isOnly: boolean,
  known: readonly string[],
): Promise<FoundRecording> {
  const base = withoutSuffix(meta.name);
  const metaPath = nameIn(path, meta);
  const read = parseMeta(metaPath, await readStretch(of, meta), known);
  const dataName = read.dataset === undefined ? base + SUFFIX.data : posix.join(posix.dirname(meta.name), read.dataset);
  const named = entries.find(({ name }) => name === dataName);
  const others = entries.filter(({ name }) => name.endsWith(SUFFIX.data));
  const data = named ?? (isOnly && others.length === 1 ? others[0] : undefined);
  if (data === undefined) {
    throw new RecordingError(metaPath, `${of}: ${metaPath} is there without its samples, ${dataName}`);
  }
  return { name: posix.basename(base), path: metaPath, read, data, problems: read.problems };
}

function nameIn(path: string, { name }: ArchiveEntry): string {
  return `${path}:${name}`;
}
