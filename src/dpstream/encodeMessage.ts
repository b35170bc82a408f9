import { FrameError } from '../samples/FrameError.js';
import { checkFrame } from '../frame/checkFrame.js';
import type { Frame } from '../frame/types.js';
import { requireLittleEndian } from '../samples/littleEndian.js';
import { COPIED_BELOW_BYTES } from '../memory/copiedBelow.js';
import { takeLarge } from '../memory/largeBuffers.js';
import { pagePart } from '../memory/pages.js';
import { formatOf, HEADER_BYTES, KIND, newHeader, RECORD_BYTES, writeHeader } from './header.js';
import type { Telemetry } from './Telemetry.js';

const header = newHeader();

/**
 * Encodes a frame as a message: its header, then its samples. Messages below 4 KiB share memory with others.
 *
 * @throws FrameError if it is not a frame, or has the sample type cf128
 */
export function encodeFrameMessage(frame: Frame): Uint8Array {
  requireLittleEndian();
  const info = checkFrame(frame);
  if (formatOf(info.name) === undefined) {
    const text = 'frames of cf128 have no format on this wire; convertSamples(cf64) makes one that has';
    const error = new FrameError('sampleType', text.replace('(cf64)', "('cf64')"));
    error.sampleType = info.name;
    throw error;
  }
  const { buffer, byteOffset, byteLength } = frame.samples;
  header.kind = KIND.samples;
  header.info = info;
  header.payloadBytes = byteLength;
  header.numSamples = byteLength / info.bytesPerSample;
  return encode(frame, new Uint8Array(buffer, byteOffset, byteLength));
}

/** Encodes an end of stream. */
export function encodeEnd(sequence: number, timestampNs: bigint): Uint8Array {
  header.kind = KIND.endOfStream;
  header.info = undefined;
  header.payloadBytes = 0;
  header.numSamples = 0;
  return encode({ sequence, timestampNs, sampleRate: 0, centerFreq: 0 }, new Uint8Array());
}

/**
 * Encodes telemetry records.
 *
 * @throws FrameError if a field of a record is out of range
 */
export function encodeTelemetry(telemetry: Telemetry): Uint8Array {
  const { records } = telemetry;
  const payload = new DataView(new ArrayBuffer(records.length * RECORD_BYTES));
  records.forEach(({ n, value, probe, flags }, i) => {
    if (typeof n !== 'bigint' || n < 0n || n >= 2n ** 64n || !isHalf(probe) || !isHalf(flags)) {
      const text = `record ${i} must have n as a bigint of 64 bits, probe and flags as integers from 0 to 65535`;
      throw new FrameError('value', text);
    }
    payload.setBigUint64(i * RECORD_BYTES, n, true);
    payload.setFloat32(i * RECORD_BYTES + 8, value, true);
    payload.setUint16(i * RECORD_BYTES + 12, probe, true);
    payload.setUint16(i * RECORD_BYTES + 14, flags, true);
  });
  header.kind = KIND.telemetry;
  header.info = undefined;
  header.payloadBytes = payload.byteLength;
  header.numSamples = records.length;
  return encode(telemetry, new Uint8Array(payload.buffer));
}

function encode(
  from: Pick<Frame, 'sequence' | 'timestampNs' | 'sampleRate' | 'centerFreq'>,
  payload: Uint8Array,
): Uint8Array {
  header.flags = 0;
  header.sequence = from.sequence;
  header.timestampNs = from.timestampNs;
  header.sampleRate = from.sampleRate;
  header.centerFreq = from.centerFreq;
  const length = HEADER_BYTES + payload.length;
  const message = length < COPIED_BELOW_BYTES ? pagePart(length) : takeLarge(length);
  writeHeader(header, message);
  message.set(payload, HEADER_BYTES);
  return message;
}

function isHalf(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xffff;
}
