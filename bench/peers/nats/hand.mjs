// What the peers on the official client by hand share: the frames of doppler, encoded and decoded with care.
export const HEADER_BYTES = 64;
const MAGIC = 'DPSTREAMEEEI';

let sequence = 0;

/** One message: header, then samples, in memory of its own. */
export function encode(samples) {
  const { byteLength } = samples;
  const message = Buffer.allocUnsafe(HEADER_BYTES + byteLength);
  message.latin1Write(MAGIC, 0);
  message.writeUInt16LE(0x4643, 12);
  message.writeUInt16LE(0, 14);
  message.writeUInt16LE(2, 16);
  message.writeUInt16LE(0, 18);
  message.writeUInt32LE(byteLength, 20);
  message.writeBigUInt64LE(BigInt(sequence), 24);
  message.writeBigUInt64LE(BigInt(Date.now()) * 1_000_000n, 32);
  message.writeDoubleLE(0, 40);
  message.writeDoubleLE(0, 48);
  message.writeBigUInt64LE(BigInt(byteLength / 8), 56);
  message.set(new Uint8Array(samples.buffer, samples.byteOffset, byteLength), HEADER_BYTES);
  sequence += 1;
  return message;
}

/** The samples, in aligned memory of their own, and what stands in the header. */
export function decode(data) {
  const message = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const payloadBytes = message.readUInt32LE(20);
  const numSamples = Number(message.readBigUInt64LE(56));
  if (message.latin1Slice(0, 12) !== MAGIC || message.readUInt16LE(12) !== 0x4643 || message.readUInt16LE(16) !== 2) {
    throw new Error('this is no frame of cf32');
  }
  if (payloadBytes !== message.length - HEADER_BYTES || numSamples * 8 !== payloadBytes)
    throw new Error('its length is wrong');
  const samples = new Float32Array(payloadBytes / 4);
  new Uint8Array(samples.buffer).set(message.subarray(HEADER_BYTES));
  return {
    samples,
    numSamples,
    sequence: Number(message.readBigUInt64LE(24)),
    timestampNs: message.readBigUInt64LE(32),
    sampleRate: message.readDoubleLE(40),
    centerFreq: message.readDoubleLE(48),
  };
}

/** A connection to the server of an endpoint, and the base of its subjects. */
export async function open(endpoint) {
  const { connect } = await import('@nats-io/transport-node');
  const { host, pathname } = new URL(endpoint);
  return { client: await connect({ servers: host }), base: pathname.slice(1) };
}
