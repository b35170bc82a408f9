import type { Frame } from './types.js';
import { HEADER_BYTES, LONG, MAGIC, WORD } from './header.js';
import type { SampleTypeInfo } from '../samples/sampleTypes.js';

// Filling aligned words and copying them once takes a quarter of what a DataView of the target takes.
const bytes = new Uint8Array(HEADER_BYTES);
const words = wordsOf(bytes);
const longs = new BigUint64Array(bytes.buffer);
const doubles = new Float64Array(bytes.buffer);

/** A function, so that a bundler can leave all of this out: what stands at the top of a module and is no value stays. */
function wordsOf({ buffer }: Uint8Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(buffer);
  words[WORD.magic] = MAGIC;
  return words;
}

/** Writes the 96-byte header of a frame that was checked into `target` at `offset`, wherever that is. */
export function writeHeader(frame: Frame, info: SampleTypeInfo, target: Uint8Array, offset: number): void {
  target.set(fillHeader(frame, info), offset);
}

/** Gives the header of a frame that was checked, in memory that the next call uses again. */
export function fillHeader(frame: Frame, info: SampleTypeInfo): Uint8Array {
  const { sequence } = frame;
  const numSamples = frame.samples.length / info.elementsPerSample;
  words[WORD.version] = frame.version;
  words[WORD.protocol] = frame.protocol;
  words[WORD.streamId] = frame.streamId;
  words[WORD.sampleType] = info.code;
  words[WORD.flags] = frame.flags;
  words[WORD.sequence] = sequence; // modulo 2^32, as every store to a Uint32Array
  words[WORD.sequence + 1] = sequence / 0x100000000;
  longs[LONG.timestampNs] = frame.timestampNs;
  doubles[LONG.sampleRate] = frame.sampleRate;
  doubles[LONG.centerFreq] = frame.centerFreq;
  words[WORD.numSamples] = numSamples;
  words[WORD.numSamples + 1] = numSamples / 0x100000000;
  return bytes;
}
