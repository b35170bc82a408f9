import { createHash } from 'node:crypto';
import { giveLarge } from '../../memory/largeBuffers.js';
import { RecordingError } from '../errors.js';
import type { FoundRecording } from '../files/FoundRecording.js';
import { readBlocks } from '../files/readBlocks.js';

const BLOCK_BYTES = 1024 * 1024;

/**
 * Reads a whole data file and compares it with the SHA-512 of its metadata.
 *
 * @throws RecordingError if it differs, or the metadata have none
 */
export async function verify(of: string, { path, read, data }: FoundRecording): Promise<void> {
  if (read.sha512 === undefined) {
    throw new RecordingError(path, `${of}: ${path} has no core:sha512 to verify with`, undefined, 'core:sha512');
  }
  const hash = createHash('sha512');
  for await (const { bytes } of readBlocks(of, data, blocks(data.length))) {
    hash.update(bytes);
    giveLarge(bytes);
  }
  const sha512 = hash.digest('hex');
  if (sha512 === read.sha512) return;
  const text = `${of}: the samples are not those that were recorded: ${data.path} has the SHA-512 ${short(sha512)}, core:sha512 says ${short(read.sha512)}`;
  throw new RecordingError(path, text, undefined, 'core:sha512');
}

function* blocks(total: number): Generator<{ offset: number; length: number }, void, undefined> {
  for (let offset = 0; offset < total; offset += BLOCK_BYTES) {
    yield { offset, length: Math.min(BLOCK_BYTES, total - offset) };
  }
}

function short(hash: string): string {
  return `${hash.slice(0, 16)}...`;
}
