import { encodeFrame, type Frame, frame, type FrameFault } from 'rxzmq';

/** A good frame, 16 bytes of payload, which every bad one is made from. */
export const good: Frame<'cf32'> = frame(new Float32Array([1, 0, 0, 1]), { sampleRate: 48_000, streamId: 3 });

/** The good frame, with its header changed. */
function withHeader(change: (header: DataView) => void): Uint8Array[] {
  const [encoded, payload] = encodeFrame(good);
  const header = encoded.slice();
  change(new DataView(header.buffer));
  return [header, payload];
}

const [header, payload] = encodeFrame(good);

/** What is wrong, the message, the fault it is, and how the text puts it. */
export const badMessages: readonly (readonly [string, Uint8Array[], FrameFault, string])[] = [
  ['one part', [header], 'parts', 'a frame has 2 parts (header, payload), this message has 1'],
  ['three parts', [header, payload, payload], 'parts', 'this message has 3'],
  ['nothing but an empty part', [new Uint8Array()], 'parts', 'this message has 1'],
  ['two empty parts', [new Uint8Array(), new Uint8Array()], 'header', 'this one has 0'],
  ['a header of 95 bytes', [header.slice(0, 95), payload], 'header', "a frame's header has 96 bytes, this one has 95"],
  ['a header of 97 bytes', [new Uint8Array(97), payload], 'header', 'this one has 97'],
  ['wrong magic', withHeader((h) => h.setUint8(0, 0x54)), 'magic', '0x53494753, this one says 0x53494754'],
  ['protocol 1', withHeader((h) => h.setUint32(8, 1, true)), 'protocol', 'protocol 1 is unknown'],
  ['sample type 6', withHeader((h) => h.setUint32(16, 6, true)), 'sampleType', 'sample type 6 is unknown: there are'],
  [
    'a length that says too much',
    withHeader((h) => h.setBigUint64(56, 3n, true)),
    'length',
    'num_samples 3 of cf32 take 24 bytes, but the payload has 16',
  ],
  ['a length that says too little', withHeader((h) => h.setBigUint64(56, 1n, true)), 'length', 'payload has 16'],
  [
    'a length that lies beyond all',
    withHeader((h) => h.setBigUint64(56, 2n ** 64n - 1n, true)),
    'range',
    'num_samples',
  ],
  ['a payload that was cut', [header, payload.slice(0, 15)], 'length', 'but the payload has 15'],
  ['no payload', [header, new Uint8Array()], 'length', 'but the payload has 0'],
  [
    'a sequence above 2^53',
    withHeader((h) => h.setBigUint64(24, 2n ** 60n, true)),
    'range',
    'sequence is 1152921504606',
  ],
  ['text', [Buffer.from('hello'), Buffer.from('world')], 'header', 'this one has 5'],
];
