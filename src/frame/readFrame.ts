import { FrameError } from '../samples/FrameError.js';
import type { SampleType, SamplesByType } from '../samples/types.js';
import type { Frame } from './types.js';
import { claimLarge } from '../memory/largeBuffers.js';
import { OWN_BYTES, pageBuffer, placeOnPage, placeOnPageFrom } from '../memory/pages.js';
import { HEADER_BYTES, LONG, MAGIC, PROTOCOL, WORD } from './header.js';
import { type SampleTypeInfo, SAMPLE_TYPES, sampleTypeByCode } from '../samples/sampleTypes.js';
import { samplesOn } from './samplesOn.js';
import { smallSamples } from './smallSamples.js';

// Copying a header to aligned words and reading those takes a quarter of what a DataView on it takes.
const bytes = new Uint8Array(HEADER_BYTES);
const words = new Uint32Array(bytes.buffer);
const longs = new BigUint64Array(bytes.buffer);
const doubles = new Float64Array(bytes.buffer);
/** The rest is reserved. */
const USED_WORDS = 16;

/** The chunk with the last header: one view of it reads all its headers; a view for each would be the largest cost. */
let seen: Uint8Array | undefined;
let seenView: DataView = new DataView(bytes.buffer);

/** The position of a header and a payload. */
interface FrameAt {
  readonly header: Uint8Array;
  readonly headerStart: number;
  readonly headerLength: number;
  readonly payload: Uint8Array;
  readonly payloadStart: number;
  readonly payloadLength: number;
  readonly ownsPayload: boolean;
}

/**
 * Reads a frame from its header and its payload; the samples are a view of the payload if that is aligned.
 *
 * @param peer the connection on which it arrived; without it the frame has no such key
 * @throws FrameError if the bytes are not a frame; `fault` says why.
 */
export function readFrame(header: Uint8Array, payload: Uint8Array, peer?: number): Frame {
  requireLength(header.byteLength);
  bytes.set(header);
  return frameOf(payload, 0, payload.byteLength, true, peer);
}

/** The same, at the position of a cursor. A payload that is part of a larger buffer is copied. */
export function readFrameAt(
  { header, headerStart, headerLength, payload, payloadStart, payloadLength, ownsPayload }: FrameAt,
  peer: number | undefined,
): Frame {
  requireLength(headerLength);
  if (header !== seen) {
    seen = header;
    seenView = viewOf(header);
  }
  for (let i = 0; i < USED_WORDS; i += 1) words[i] = seenView.getUint32(headerStart + 4 * i, true);
  return frameOf(payload, payloadStart, payloadLength, ownsPayload, peer);
}

/** A frame of the header that was copied. */
function frameOf(payload: Uint8Array, start: number, length: number, owns: boolean, peer: number | undefined): Frame {
  if (words[WORD.magic] !== MAGIC) throw wrongMagic();
  const protocol = words[WORD.protocol]!;
  if (protocol !== PROTOCOL) throw new FrameError('protocol', `protocol ${protocol} is unknown: only 0 (SIGS) is`);
  const code = words[WORD.sampleType]!;
  const info = sampleTypeByCode(code);
  if (info === undefined) throw unknownCode(code);
  const sequence = safeLong('sequence', WORD.sequence, LONG.sequence);
  const numSamples = safeLong('num_samples', WORD.numSamples, LONG.numSamples);
  if (numSamples * info.bytesPerSample !== length) throw wrongLength(numSamples, info, length);

  const sampleType = info.name;
  const samples = owns ? view(payload, info) : copy(payload, start, length, info);
  const sampleRate = doubles[LONG.sampleRate]!;
  const centerFreq = doubles[LONG.centerFreq]!;
  const timestampNs = longs[LONG.timestampNs]!;
  const streamId = words[WORD.streamId]!;
  const flags = words[WORD.flags]!;
  const version = words[WORD.version]!;
  // literals, one for each shape: a key added later, or a spread, costs more than everything else here
  return (
    peer === undefined
      ? {
          sampleType,
          samples,
          numSamples,
          sampleRate,
          centerFreq,
          sequence,
          timestampNs,
          streamId,
          flags,
          protocol,
          version,
        }
      : {
          sampleType,
          samples,
          numSamples,
          sampleRate,
          centerFreq,
          sequence,
          timestampNs,
          streamId,
          flags,
          protocol,
          version,
          peer,
        }
  ) as Frame; // view has checked that class and type match
}

function view(payload: Uint8Array, info: SampleTypeInfo): SamplesByType[SampleType] {
  const elementBytes = info.name === 'cf128' ? 1 : info.bytesPerSample / 2;
  const aligned = payload.byteOffset % elementBytes === 0 ? payload : new Uint8Array(payload);
  const samples = samplesOn(aligned.buffer, aligned.byteOffset, payload.byteLength, info);
  claimLarge(samples);
  return samples;
}

function copy(payload: Uint8Array, start: number, length: number, info: SampleTypeInfo): SamplesByType[SampleType] {
  if (length <= OWN_BYTES) return smallSamples(payload === seen ? seenView : viewOf(payload), start, length, info);
  const offset = payload === seen ? placeOnPageFrom(seenView, start, length) : placeOnPage(payload, start, length);
  return samplesOn(pageBuffer(), offset, length, info);
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function requireLength(length: number): void {
  if (length === HEADER_BYTES) return;
  throw new FrameError('header', `a frame's header has ${HEADER_BYTES} bytes, this one has ${length}`);
}

/** Reads an unsigned 64-bit field that must not be above 2^53, beyond which numbers are not exact. */
function safeLong(name: string, word: number, long: number): number {
  const low = words[word]!;
  const high = words[word + 1]!;
  if (high >= 0x200000 && (high > 0x200000 || low > 0)) {
    throw new FrameError('range', `${name} is ${longs[long]}, above 2 ** 53`);
  }
  return high * 0x100000000 + low;
}

const hex = (word: number) => `0x${word.toString(16).padStart(8, '0')}`;

function wrongMagic(): FrameError {
  return new FrameError('magic', `a frame's magic is ${hex(MAGIC)}, this one says ${hex(words[WORD.magic]!)}`);
}

function unknownCode(code: number): FrameError {
  const known = SAMPLE_TYPES.map((type) => `${type.code} (${type.name})`).join(', ');
  return new FrameError('sampleType', `sample type ${code} is unknown: there are ${known}`);
}

function wrongLength(numSamples: number, info: SampleTypeInfo, bytesThere: number): FrameError {
  const wanted = numSamples * info.bytesPerSample;
  return new FrameError(
    'length',
    `num_samples ${numSamples} of ${info.name} take ${wanted} bytes, but the payload has ${bytesThere}`,
  );
}
