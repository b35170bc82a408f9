import { basename, dirname, join } from 'node:path';
import { fileError, RecordingError } from '../errors.js';
import { parseMeta } from '../metadata/parseMeta.js';
import type { FoundRecording } from './FoundRecording.js';
import { isFile, sizeOf } from './lookAt.js';
import { SUFFIX } from './names.js';
import { readFileBytes } from './readFileBytes.js';

/** The recording of a base name: `NAME.sigmf-meta`, and its data file. */
export async function findPair(
  of: string,
  base: string,
  known: readonly string[],
  check?: (metaBytes: Uint8Array) => string | undefined,
): Promise<FoundRecording> {
  const metaPath = base + SUFFIX.meta;
  if (!(await isFile(of, metaPath))) throw await noMeta(of, base, metaPath);
  const metaBytes = await readFileBytes(of, metaPath);
  const read = parseMeta(metaPath, metaBytes, known);
  const ownPath = base + SUFFIX.data;
  const named = read.dataset === undefined ? ownPath : join(dirname(base), read.dataset);
  const isRenamed = !(await isFile(of, named)) && (await isFile(of, ownPath));
  const dataPath = isRenamed ? ownPath : named;
  if (!(await isFile(of, dataPath))) throw noData(of, metaPath, dataPath, read.meta.global['core:metadata_only']);
  const length = await sizeOf(of, dataPath);
  const fromFiles = [
    check?.(metaBytes),
    isRenamed ? `core:dataset '${read.dataset ?? ''}' is not there; ${ownPath} is read` : undefined,
  ];
  return {
    name: basename(base),
    path: metaPath,
    read,
    data: { path: dataPath, offset: 0, length },
    problems: [...fromFiles.filter((problem) => problem !== undefined), ...read.problems],
  };
}

async function noMeta(of: string, base: string, metaPath: string): Promise<Error> {
  const dataPath = base + SUFFIX.data;
  if (!(await isFile(of, dataPath))) return fileError(of, 'open', metaPath, { code: 'ENOENT' });
  const text = `${of}: ${dataPath} is there without its metadata, ${metaPath}; fromIqFile reads bare samples`;
  return new RecordingError(metaPath, text);
}

function noData(of: string, metaPath: string, dataPath: string, isMetaOnly: unknown): RecordingError {
  const why = isMetaOnly === true ? ', and core:metadata_only says that there is none' : '';
  return new RecordingError(metaPath, `${of}: ${metaPath} is there without its samples, ${dataPath}${why}`);
}
