import { FrameError } from '../samples/FrameError.js';
import { type SampleTypeInfo, sampleTypeByCode } from '../samples/sampleTypes.js';
import { HEADER_BYTES, isChunk, isSigs, newHeader, readHeader, writeHeader } from './header.js';
import { SIGS_HEADER_BYTES } from './sigsMessage.js';

/** A part of a frame. */
export interface Chunk {
  readonly index: number;
  readonly count: number;
  /** Bytes of the payload of the whole frame, and where this part of it stands. */
  readonly totalBytes: number;
  readonly offset: number;
  readonly payload: Uint8Array;
  readonly info: SampleTypeInfo;
  /** What all chunks of a frame have in common: their header without what is the chunk's own. */
  readonly key: string;
  /** The header of the whole frame. */
  header(): Uint8Array;
}

const fields = newHeader();

/**
 * Reads a message that says that it is a chunk, of DPSTREAM or, as doppler 0.22 to 0.43 cut them, of SIGS; `undefined`: it does not.
 *
 * @throws FrameError where it cannot be one
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

/** Its four reserved fields say index, count, samples of the whole frame and offset in bytes; it has flag 1. */
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

/** Bytes of a header as a text, but for those that are a chunk's own. */
function keyOf(message: Uint8Array, from: number, to: number, ...own: readonly (readonly [number, number])[]): string {
  let key = '';
  for (let at = from; at < to; at += 1) {
    if (!own.some(([first, end]) => at >= first && at < end)) key += String.fromCharCode(message[at]!);
  }
  return key;
}
