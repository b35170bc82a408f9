import { FrameError } from '../samples/FrameError.js';
import { DPSTREAM_VERSION } from '../frame/header.js';
import { readFrame } from '../frame/readFrame.js';
import type { Frame } from '../frame/types.js';
import { ownSamples } from '../frame/ownSamples.js';
import { requireLittleEndian } from '../samples/littleEndian.js';
import { isSigs, KIND, newHeader, readHeader, RECORD_BYTES } from './header.js';
import { ownCopy, SIGS_HEADER_BYTES } from './sigsMessage.js';
import type { Telemetry, TelemetryRecord } from './Telemetry.js';

const header = newHeader();

/**
 * Decodes a message: a frame, telemetry, or an end of stream (`undefined`). It reads SIGS frames in one message too. Samples are copied
 * to their own memory.
 *
 * @throws FrameError if doppler would refuse the message too
 */
export function decodeMessage(message: Uint8Array): Frame | Telemetry | undefined {
  requireLittleEndian();
  if (isSigs(message)) return decodeSigs(message);
  readHeader(message, header);
  if (header.kind === KIND.endOfStream) return undefined;
  if (header.kind === KIND.telemetry) return telemetryOf(message);
  const { info, payloadAt, payloadBytes, numSamples, sampleRate, centerFreq, sequence, timestampNs, flags } = header;
  return {
    sampleType: info!.name,
    samples: ownSamples(message, payloadAt, payloadBytes, info!),
    numSamples,
    sampleRate,
    centerFreq,
    sequence,
    timestampNs,
    streamId: 0,
    flags,
    protocol: 0,
    version: DPSTREAM_VERSION,
  } as Frame; // ownSamples has matched the class with the type
}

function decodeSigs(message: Uint8Array): Frame {
  if (message.length < SIGS_HEADER_BYTES) {
    throw new FrameError(
      'header',
      `a SIGS message has at least ${SIGS_HEADER_BYTES} bytes, this one has ${message.length}`,
    );
  }
  return readFrame(message.subarray(0, SIGS_HEADER_BYTES), ownCopy(message, SIGS_HEADER_BYTES));
}

function telemetryOf(message: Uint8Array): Telemetry {
  const { payloadAt, payloadBytes, sequence, timestampNs, sampleRate, centerFreq } = header;
  const view = new DataView(message.buffer, message.byteOffset + payloadAt, payloadBytes);
  const records: TelemetryRecord[] = [];
  for (let at = 0; at < payloadBytes; at += RECORD_BYTES) {
    records.push({
      n: view.getBigUint64(at, true),
      value: view.getFloat32(at + 8, true),
      probe: view.getUint16(at + 12, true),
      flags: view.getUint16(at + 14, true),
    });
  }
  return { kind: 'telemetry', records, sequence, timestampNs, sampleRate, centerFreq };
}
