import { describe } from '../../basics/describe.js';
import { RecordingError } from '../errors.js';
import { FIRST_CHUNK, FORMAT, MOST_U32, type WavHeader } from './WavHeader.js';

/** Reads this many bytes at a position of the file; fewer at its end. */
export type ReadAt = (offset: number, length: number) => Promise<Uint8Array>;

type Format = Pick<WavHeader, 'numChannels' | 'sampleRate' | 'kind' | 'bits'>;
type Receiver = Pick<WavHeader, 'centerFreq' | 'timestampNs'>;

const CHUNK_HEADER = 8;
/** A file with more chunks than this before its samples is not a recording. */
const MOST_CHUNKS = 1000;

/**
 * Reads the header of a WAV file: RIFF, or RF64 and BW64 above 4 GiB; PCM of 8, 16 and 32 bits, floats of 32 and 64.
 *
 * @throws RecordingError
 */
export async function readWavHeader(of: string, path: string, read: ReadAt): Promise<WavHeader> {
  const start = view(await read(0, FIRST_CHUNK));
  const form = name(start, 0);
  if (!['RIFF', 'RF64', 'BW64'].includes(form) || name(start, 8) !== 'WAVE') {
    throw error(of, path, `it is not a WAV file: it begins with ${describe(form)}`);
  }
  let format: Format | undefined;
  let receiver: Receiver = { centerFreq: 0, timestampNs: undefined };
  let longLength: number | undefined;
  let at = FIRST_CHUNK;
  for (let chunk = 0; chunk < MOST_CHUNKS; chunk += 1) {
    const header = view(await read(at, CHUNK_HEADER));
    if (header.byteLength < CHUNK_HEADER) break;
    const id = name(header, 0);
    const length = header.getUint32(4, true);
    const body = async (most: number) => view(await read(at + CHUNK_HEADER, Math.min(length, most)));
    if (id === 'fmt ') format = formatOf(of, path, await body(40));
    else if (id === 'ds64') longLength = longDataLength(await body(16));
    else if (id === 'auxi') receiver = receiverOf(await body(36));
    else if (id === 'data') {
      if (format === undefined) throw error(of, path, 'its samples come before their format');
      const isUnknown = length === 0 || length === MOST_U32;
      const dataLength = form === 'RIFF' || longLength === undefined ? (isUnknown ? undefined : length) : longLength;
      return { ...format, ...receiver, dataOffset: at + CHUNK_HEADER, dataLength };
    }
    at += CHUNK_HEADER + length + (length % 2);
  }
  throw error(of, path, 'it has no samples: there is no chunk called data');
}

function formatOf(of: string, path: string, body: DataView): Format {
  if (body.byteLength < 16) throw error(of, path, 'its format is cut off');
  const tag = body.getUint16(0, true);
  const code = tag === FORMAT.extensible && body.byteLength >= 26 ? body.getUint16(24, true) : tag;
  const numChannels = body.getUint16(2, true);
  const sampleRate = body.getUint32(4, true);
  const bits = body.getUint16(14, true);
  const isFloat = code === FORMAT.float && (bits === 32 || bits === 64);
  const isPcm = code === FORMAT.pcm && (bits === 8 || bits === 16 || bits === 32);
  if (!isFloat && !isPcm) {
    throw error(
      of,
      path,
      `WAV of format ${code} with ${bits} bits cannot be read; PCM of 8, 16 or 32 bits and floats can`,
    );
  }
  if (numChannels !== 2) {
    throw error(of, path, `it must have two channels, I and Q, and has ${numChannels}`);
  }
  return { numChannels, sampleRate, kind: isFloat ? 'f' : bits === 8 ? 'u' : 'i', bits: bits };
}

function longDataLength(body: DataView): number | undefined {
  const length = body.byteLength < 16 ? 0n : body.getBigUint64(8, true);
  return length === 0n || length > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(length);
}

/** The chunk of receivers' recorders: the start time, in the form of Windows, and the frequency. */
function receiverOf(body: DataView): Receiver {
  if (body.byteLength < 36) return { centerFreq: 0, timestampNs: undefined };
  const word = (at: number) => body.getUint16(at, true);
  const ms = Date.UTC(word(0), word(2) - 1, word(6), word(8), word(10), word(12), word(14));
  return { centerFreq: body.getUint32(32, true), timestampNs: word(0) < 1970 ? undefined : BigInt(ms) * 1_000_000n };
}

function view({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function name(bytes: DataView, at: number): string {
  if (bytes.byteLength < at + 4) return '';
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => bytes.getUint8(at + i)));
}

function error(of: string, path: string, text: string): RecordingError {
  return new RecordingError(path, `${of}: ${path}: ${text}`);
}
