import { isClockTime } from '../metadata/datetime.js';
import { AUXI_BYTES, DS64_BYTES, FORMAT, MOST_U32, type WavHeader } from './WavHeader.js';

/** The content of the header to write. */
export type WrittenWav = Pick<WavHeader, 'sampleRate' | 'kind' | 'bits' | 'centerFreq'> & {
  readonly timestampNs: bigint;
};

const FMT_BYTES = 16;
const CHUNK = 8;
/** `RIFF`, size, `WAVE`; a place for long sizes; the format; the receiver's chunk; `data` and its size. */
export const WAV_HEADER_BYTES = 12 + (CHUNK + DS64_BYTES) + (CHUNK + FMT_BYTES) + (CHUNK + AUXI_BYTES) + CHUNK;

/**
 * The header of a WAV file of two channels. Above 4 GiB it becomes an RF64 header, in the space reserved for it.
 *
 * @param dataLength bytes of samples; `undefined`: not known, as for a pipe
 */
export function writeWavHeader(wav: WrittenWav, dataLength: number | undefined): Uint8Array {
  const { sampleRate, kind, bits } = wav;
  const bytes = Buffer.alloc(WAV_HEADER_BYTES);
  const riffLength = (dataLength ?? 0) + WAV_HEADER_BYTES - CHUNK;
  const isLong = dataLength !== undefined && riffLength > MOST_U32;
  const short = (length: number) => (dataLength === undefined || isLong ? MOST_U32 : length);
  const bytesPerSample = (2 * bits) / 8;

  bytes.write(isLong ? 'RF64' : 'RIFF', 0, 'latin1');
  bytes.writeUInt32LE(short(riffLength), 4);
  bytes.write('WAVE', 8, 'latin1');
  bytes.write(isLong ? 'ds64' : 'JUNK', 12, 'latin1');
  bytes.writeUInt32LE(DS64_BYTES, 16);
  if (isLong) {
    bytes.writeBigUInt64LE(BigInt(riffLength), 20);
    bytes.writeBigUInt64LE(BigInt(dataLength), 28);
    bytes.writeBigUInt64LE(BigInt(dataLength / bytesPerSample), 36);
  }
  let at = 20 + DS64_BYTES;
  bytes.write('fmt ', at, 'latin1');
  bytes.writeUInt32LE(FMT_BYTES, at + 4);
  bytes.writeUInt16LE(kind === 'f' ? FORMAT.float : FORMAT.pcm, at + 8);
  bytes.writeUInt16LE(2, at + 10);
  bytes.writeUInt32LE(sampleRate, at + 12);
  bytes.writeUInt32LE(Math.min(sampleRate * bytesPerSample, MOST_U32), at + 16);
  bytes.writeUInt16LE(bytesPerSample, at + 20);
  bytes.writeUInt16LE(bits, at + 22);
  at += CHUNK + FMT_BYTES;
  writeReceiver(bytes.subarray(at), wav);
  at += CHUNK + AUXI_BYTES;
  bytes.write('data', at, 'latin1');
  bytes.writeUInt32LE(short(dataLength ?? 0), at + 4);
  return bytes;
}

/** The start time, in the form of Windows, and the frequency: receiver programs look for these. */
function writeReceiver(bytes: Buffer, { centerFreq, timestampNs }: WrittenWav): void {
  bytes.write('auxi', 0, 'latin1');
  bytes.writeUInt32LE(AUXI_BYTES, 4);
  const hertz = Math.round(centerFreq);
  bytes.writeUInt32LE(hertz >= 0 && hertz <= MOST_U32 ? hertz : 0, 40); // the field has 32 bits
  if (!isClockTime(timestampNs)) return;
  const date = new Date(Number(timestampNs / 1_000_000n));
  const fields = [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDay(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    date.getUTCMilliseconds(),
  ];
  fields.forEach((field, i) => bytes.writeUInt16LE(field, 8 + 2 * i));
}
