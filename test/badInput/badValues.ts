import { frame, type FrameFault } from 'rxzmq';

const good = frame(new Float32Array([1, 0, 0, 1]));
const shared = new Float32Array(new SharedArrayBuffer(16));

/** What is wrong, the value, the fault it is, and how the text puts it. */
export const badValues: readonly (readonly [string, unknown, FrameFault, string])[] = [
  ['a string', 'samples', 'value', "a frame must be an object with samples, not 'samples'"],
  ['null', null, 'value', 'a frame must be an object with samples, not null'],
  ['undefined', undefined, 'value', 'not undefined'],
  ['a number', 42, 'value', 'not 42'],
  ['an empty object', {}, 'value', 'not an Object'],
  ['an array', [1, 0], 'value', 'samples are a typed array: Float32Array.from(array) makes one'],
  ['a Uint16Array', new Uint16Array(2), 'value', 'samples must be one of Int32Array (ci32), '],
  ['a BigInt64Array', new BigInt64Array(2), 'value', 'not BigInt64Array of 2'],
  ['a Uint8ClampedArray', new Uint8ClampedArray(32), 'value', 'not Uint8ClampedArray of 32'],
  ['a DataView', new DataView(new ArrayBuffer(8)), 'value', 'not DataView of 8'],
  ['bytes that do not say what they are', new Uint8Array(32), 'sampleType', "give sampleType: 'cf128'"],
  ['an odd length', new Float32Array(3), 'length', 'samples is a Float32Array of length 3, not a multiple of 2'],
  ['no samples', new Int16Array(), 'length', 'samples is an empty Int16Array'],
  ['a SharedArrayBuffer', shared, 'value', 'samples are in a SharedArrayBuffer'],
  ['a frame on a SharedArrayBuffer', { ...good, samples: shared }, 'value', 'send a copy, samples.slice()'],
  ['a frame with other samples', { ...good, samples: new Int16Array(4) }, 'value', 'samples must be a Float32Array'],
  ['a frame of half a sample', { ...good, samples: new Float32Array(3), numSamples: 1.5 }, 'length', 'of length 3'],
  ['a frame of no type', { ...good, sampleType: 'cf16' }, 'value', "sampleType must be one of 'ci32', "],
  ['a frame of no time', { ...good, timestampNs: 5 }, 'value', 'timestampNs must be a bigint from 0n'],
  [
    'a frame of a strange stream',
    { ...good, streamId: -1 },
    'value',
    'streamId must be an integer from 0 to 4294967295',
  ],
  ['a frame of another protocol', { ...good, protocol: 1 }, 'protocol', 'protocol must be 0 (SIGS), not 1'],
];
