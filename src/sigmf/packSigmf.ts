import { checkOptions, isBoolean } from '../options/rules.js';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseCollection } from './metadata/parseCollection.js';
import { readFileBytes } from './files/readFileBytes.js';
import { findRecordings } from './files/findRecordings.js';
import { packRecordings } from './files/packRecordings.js';
import { SUFFIX, withoutSuffix } from './files/names.js';
import { requirePath } from './files/requirePath.js';

/** Options of {@link packSigmf}. */
export interface PackSigmfOptions {
  /** Whether to replace an existing archive, which is otherwise an error. @default false */
  readonly overwrite?: boolean | undefined;
}

/**
 * Packs a SigMF recording, or a collection with all its recordings, into an archive beside it: one file to pass on. Needs the
 * package `tar`.
 *
 * **Example**
 * {@includeCode ../../examples/packSigmf.ts#main}
 * @param path a base name, either file of a recording, or a collection
 * @param options whether a file may be replaced
 * @returns the path of the archive, which exists only once it is complete; rejects with a {@link FileError} or {@link
 *   RecordingError}
 * @throws OptionError at the call
 */
export function packSigmf(path: string, options: PackSigmfOptions = {}): Promise<string> {
  requirePath(OF, path);
  checkOptions(OF, options, { overwrite: isBoolean });
  return pack(path, options);
}

const OF = 'packSigmf';

async function pack(path: string, { overwrite = false }: PackSigmfOptions): Promise<string> {
  const base = withoutSuffix(path);
  const archive = base + SUFFIX.archive;
  const collection = base + SUFFIX.collection;
  const isOne = !path.endsWith(SUFFIX.collection) && (path !== base || existsSync(base + SUFFIX.meta));
  await findRecordings(OF, isOne ? base + SUFFIX.meta : collection, []); // throws an error that says what is missing
  const bases = isOne ? [base] : await basesOf(collection);
  await packRecordings(OF, archive, bases, isOne ? undefined : collection, { overwrite, deletes: false });
  return archive;
}

async function basesOf(collection: string): Promise<string[]> {
  const streams = parseCollection(collection, await readFileBytes(OF, collection));
  return streams.map(({ name }) => join(dirname(collection), name));
}
