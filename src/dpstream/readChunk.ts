import { FrameError } from '../samples/FrameError.js';
import { type SampleTypeInfo, sampleTypeByCode } from '../samples/sampleTypes.js';
import { HEADER_BYTES, isChunk, isSigs, newHeader, readHeader, writeHeader } from './header.js';
import { SIGS_HEADER_BYTES } from './sigsMessage.js';

/** A chunk of a frame. */
export interface Chunk {
  readonly index: number;
  readonly count: number;
  /** The payload of the whole frame, in bytes, and the offset of this chunk in it. */
  readonly totalBytes: number;
  readonly offset: number;
  readonly payload: Uint8Array;
  readonly info: SampleTypeInfo;
  /** The same for all chunks of a frame: their header without the fields that differ between chunks. */
  readonly key: string;
  /** The header of the whole frame. */
  header(): Uint8Array;
}

const fields = newHeader();

/**
 * Reads a message that is marked as a chunk: of DPSTREAM, or of SIGS as doppler 0.22 to 0.43 split it. `undefined`: it is not marked.
 *
 * @throws FrameError if it is marked, but cannot be a chunk
 */
export function readChunk(message: Uint8Array): Chunk | undefined {
  if (isChunk(message)) return dpstreamChunk(message);
  return isSigs(message) && message.length >= SIGS_HEADER_BYTES ? sigsChunk(message) : undefined;
}

function dpstreamChunk(message: Uint8Array): Chunk {
  readHeader(message, fields);
  const { info, totalBytes, payloadAt } = fields;
  if (info === undefined) throw new FrameError('kind', 'only samples come in chunks');
  const { sequence, timestampNs, sampleRate, centerFreq, kind } = fields;
  return {
    index: fields.chunkIndex,
    count: fields.chunkCount,
    totalBytes,
    offset: fields.chunkOffset,
    payload: message.subarray(payloadAt),
    info,
    key: keyOf(message, 8, 80, [20, 24], [56, 68]),
    header() {
      const own = new Uint8Array(HEADER_BYTES);
      const numSamples = totalBytes / info.bytesPerSample;
      const its = { ...newHeader(), kind, info, sequence, timestampNs, sampleRate, centerFreq };
      writeHeader({ ...its, payloadBytes: totalBytes, numSamples }, own);
      return own;
    },
  };
}

/** A SIGS chunk has flag 1; its four reserved fields are index, count, number of samples of the whole frame, and offset in bytes. */
function sigsChunk(message: Uint8Array): Chunk | undefined {
  const view = new DataView(message.buffer, message.byteOffset, SIGS_HEADER_BYTES);
  const count = Number(view.getBigUint64(72, true));
  if ((view.getUint32(20, true) & 1) === 0 || count === 0) return undefined;
  const code = view.getUint32(16, true);
  const info = sampleTypeByCode(code);
  if (info === undefined) throw new FrameError('sampleType', `sample type ${code} is unknown`);
  const payload = message.subarray(SIGS_HEADER_BYTES);
  if (Number(view.getBigUint64(56, true)) * info.bytesPerSample !== payload.length) {
    throw new FrameError('length', 'num_samples of a chunk is not what its payload has');
  }
  const samples = Number(view.getBigUint64(80, true));
  return {
    index: Number(view.getBigUint64(64, true)),
    count,
    totalBytes: samples * info.bytesPerSample,
    offset: Number(view.getBigUint64(88, true)),
    payload,
    info,
    key: keyOf(message, 0, 88, [56, 72]),
    header() {
      const own = message.slice(0, SIGS_HEADER_BYTES);
      const its = new DataView(own.buffer, own.byteOffset, SIGS_HEADER_BYTES);
      its.setUint32(20, view.getUint32(20, true) & ~1, true);
      its.setBigUint64(56, BigInt(samples), true);
      own.fill(0, 64);
      return own;
    },
  };
}

/** The bytes of a header as a string, without those that differ between chunks. */
function keyOf(message: Uint8Array, from: number, to: number, ...own: readonly (readonly [number, number])[]): string {
  let key = '';
  for (let at = from; at < to; at += 1) {
    if (!own.some(([first, end]) => at >= first && at < end)) key += String.fromCharCode(message[at]!);
  }
  return key;
}
