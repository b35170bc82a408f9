import { OptionError } from '../errors.js';
import { describe } from '../basics/describe.js';

/** The length of a SIGS header, in bytes. */
export const HEADER_BYTES = 96;

/** The first four bytes of a SIGS header, as a little-endian number: the bytes read `53 47 49 53`. */
export const MAGIC = 0x53494753;

/** The wire version of frames that are made here, and of every doppler sender. */
export const VERSION = 0x00010000;

/** The version of frames that arrived over NATS, whose wire format is different; ZeroMQ sockets send them as {@link VERSION}. */
export const DPSTREAM_VERSION = 2;

/** SIGS, the only protocol. */
export const PROTOCOL = 0;

/** The position of each 32-bit field of a header, in 32-bit words; a 64-bit field has its low word first. */
export const WORD = {
  magic: 0,
  version: 1,
  protocol: 2,
  streamId: 3,
  sampleType: 4,
  flags: 5,
  sequence: 6,
  numSamples: 14,
} as const;

/** The position of each 64-bit field of a header, in 64-bit words. The last four are reserved and 0. */
export const LONG = { sequence: 3, timestampNs: 4, sampleRate: 5, centerFreq: 6, numSamples: 7, reserved: 8 } as const;

/** The highest value of an unsigned 32-bit field: stream ids, flags, versions. */
export const MAX_U32 = 0xffffffff;

/** The highest `timestampNs`, in the year 2554. */
export const MAX_U64 = 0xffffffffffffffffn;

/** The first bytes of a header that {@link streamPrefix} covers: magic, version, protocol and stream id. */
export const STREAM_PREFIX_BYTES = 16;

/**
 * Returns the first 16 bytes of every header of one stream. As a topic, it makes a publisher send only that stream.
 *
 * It matches senders with wire version `0x00010000`, which all known senders have.
 *
 * @param streamId an unsigned 32-bit integer
 * @throws OptionError unless `streamId` is an integer from 0 to 4294967295.
 * @example
 * ```ts
 * socket.subscribe(streamPrefix(7));
 * ```
 */
export function streamPrefix(streamId: number): Uint8Array {
  if (typeof streamId !== 'number' || streamId >>> 0 !== streamId) {
    const message = `streamId must be an integer from 0 to ${MAX_U32}, not ${describe(streamId)}`;
    throw new OptionError('streamId', streamId, message);
  }
  const prefix = new DataView(new ArrayBuffer(STREAM_PREFIX_BYTES));
  prefix.setUint32(4 * WORD.magic, MAGIC, true);
  prefix.setUint32(4 * WORD.version, VERSION, true);
  prefix.setUint32(4 * WORD.protocol, PROTOCOL, true);
  prefix.setUint32(4 * WORD.streamId, streamId, true);
  return new Uint8Array(prefix.buffer);
}
