import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { FrameError } from '../../src/samples/FrameError.js';
import { OptionError } from '../../src/errors.js';
import { frame } from '../../src/frame/frame.js';
import { getTimestampNs } from '../../src/time/getTimestampNs.js';
import type { SampleType } from '../../src/samples/types.js';
import { thrownBy } from './arbitraries.js';

const KEYS = [
  'sampleType',
  'samples',
  'numSamples',
  'sampleRate',
  'centerFreq',
  'sequence',
  'timestampNs',
  'streamId',
  'flags',
  'protocol',
  'version',
];

it.each([
  [new Int8Array(6), 'ci8'],
  [new Int16Array(6), 'ci16'],
  [new Int32Array(6), 'ci32'],
  [new Float32Array(6), 'cf32'],
  [new Float64Array(6), 'cf64'],
] as const)('reads the sample type from %s', (samples, sampleType) => {
  const made = frame(samples as Int8Array);
  expect(made).toMatchObject({ sampleType, numSamples: 3 });
  expect(made.samples).toBe(samples);
  expect(frame(samples as Int8Array, { sampleType: sampleType as 'ci8' }).sampleType).toBe(sampleType);
});

it('takes a Uint8Array or Buffer that says cf128', () => {
  const samples = new Uint8Array(96);
  expect(frame(samples, { sampleType: 'cf128' })).toMatchObject({ sampleType: 'cf128', numSamples: 3 });
  expect(frame(Buffer.alloc(64), { sampleType: 'cf128' })).toMatchObject({ sampleType: 'cf128', numSamples: 2 });
});

it('fills in the rest, in the order of the interface', () => {
  const before = getTimestampNs();
  const made = frame(new Float32Array(2));
  const after = getTimestampNs();
  expect(Object.keys(made)).toEqual(KEYS);
  expect(made).toMatchObject({ sampleRate: 0, centerFreq: 0, sequence: 0, streamId: 0, flags: 0 });
  expect(made).toMatchObject({ protocol: 0, version: 0x00010000 });
  expect(made.timestampNs >= before && made.timestampNs <= after).toBe(true);
  expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
});

it('takes every option, and an undefined one as left out', () => {
  const options = { sampleRate: 2.4e6, centerFreq: -5, timestampNs: 0n, streamId: 0xffffffff, flags: 7 };
  expect(frame(new Float32Array(2), options)).toMatchObject(options);
  const nothing = { sampleType: undefined, sampleRate: undefined, centerFreq: undefined, streamId: undefined };
  const made = frame(new Float32Array(2), { ...nothing, flags: undefined, timestampNs: undefined });
  expect(made).toMatchObject({ sampleType: 'cf32', sampleRate: 0, centerFreq: 0, streamId: 0, flags: 0 });
  expect(made.timestampNs).toBeTypeOf('bigint');
});

it('makes a changed copy by spreading', () => {
  const made = frame(new Float32Array([1, 2]), { sampleRate: 5 });
  const samples = new Float32Array([3, 4]);
  expect({ ...made, samples }).toEqual({ ...made, samples });
  expect({ ...made, samples }.samples).toBe(samples);
});

it('knows typed arrays of another realm', () => {
  const samples = runInNewContext('new Int16Array(4)') as Int16Array;
  expect(samples).not.toBeInstanceOf(Int16Array);
  expect(frame(samples)).toMatchObject({ sampleType: 'ci16', numSamples: 2 });
});

const make = (samples: unknown, options?: unknown) => () => frame(samples as Float32Array, options as object);

describe('refuses the option', () => {
  it.each([
    ['sampleType', 'cf16', "'cf16'"],
    ['sampleType', 5, '5'],
    ['sampleRate', '48000', "'48000'"],
    ['sampleRate', NaN, 'NaN'],
    ['sampleRate', 1n, '1n'],
    ['centerFreq', NaN, 'NaN'],
    ['centerFreq', null, 'null'],
    ['timestampNs', 5, '5'],
    ['timestampNs', -1n, '-1n'],
    ['timestampNs', 2n ** 64n, '18446744073709551616n'],
    ['streamId', -1, '-1'],
    ['streamId', 2 ** 32, '4294967296'],
    ['streamId', 0.5, '0.5'],
    ['flags', true, 'true'],
    ['flags', NaN, 'NaN'],
    ['sampelRate', 1, 'sampelRate'],
  ])('%s: %s', (option, value, said) => {
    const error = thrownBy(make(new Float32Array(2), { [option]: value }));
    expect(error).toBeInstanceOf(OptionError);
    expect(error).toMatchObject({ code: 'ERR_OPTION', option, value });
    expect(error.message).toContain(option);
    expect(error.message).toContain(said);
  });

  it.each([null, 'cf32', 5, []])('%s in place of options', (options) => {
    expect(thrownBy(make(new Float32Array(2), options))).toMatchObject({ code: 'ERR_OPTION', option: 'options' });
  });
});

describe('refuses samples', () => {
  it.each([
    [[1, 2], 'an array'],
    [new DataView(new ArrayBuffer(8)), 'DataView'],
    [new ArrayBuffer(8), 'ArrayBuffer'],
    [new Uint16Array(2), 'Uint16Array'],
    [new Uint8ClampedArray(32), 'Uint8ClampedArray'],
    [new BigInt64Array(2), 'BigInt64Array'],
    [{ [Symbol.toStringTag]: 'Float32Array', byteLength: 8, length: 2 }, 'Float32Array'],
    ['samples', "'samples'"],
    [undefined, 'undefined'],
    [null, 'null'],
  ])('that are %o', (samples, said) => {
    const error = thrownBy(make(samples));
    expect(error).toBeInstanceOf(FrameError);
    expect(error).toMatchObject({ code: 'ERR_FRAME', fault: 'value' });
    expect(error.message).toContain(said);
  });

  it('that are half a sample', () => {
    const error = thrownBy(make(new Float32Array(3)));
    expect(error).toMatchObject({ code: 'ERR_FRAME', fault: 'length' });
    expect(error.message).toContain('Float32Array of length 3');
    const long = thrownBy(make(new Uint8Array(48), { sampleType: 'cf128' }));
    expect(long).toMatchObject({ code: 'ERR_FRAME', fault: 'length' });
    expect(long.message).toContain('48');
    expect(long.message).toContain('32 bytes');
  });

  it('that are none, or were transferred away', () => {
    expect(thrownBy(make(new Float32Array(0)))).toMatchObject({ fault: 'length' });
    const gone = new Float32Array(2);
    structuredClone(gone.buffer, { transfer: [gone.buffer] });
    const error = thrownBy(make(gone));
    expect(error).toMatchObject({ fault: 'length' });
    expect(error.message).toContain('transferred');
  });

  it('that disagree with sampleType, or do not say it', () => {
    const error = thrownBy(make(new Float64Array(2), { sampleType: 'cf32' satisfies SampleType }));
    expect(error).toMatchObject({ code: 'ERR_FRAME', fault: 'sampleType', sampleType: 'cf64' });
    expect(error.message).toContain("Float64Array are cf64, but sampleType is 'cf32'");
    const bare = thrownBy(make(new Uint8Array(32)));
    expect(bare).toMatchObject({ fault: 'sampleType' });
    expect(bare.message).toContain("sampleType: 'cf128'");
    expect(thrownBy(make(new Int8Array(32), { sampleType: 'cf128' }))).toMatchObject({ fault: 'sampleType' });
  });

  it.each([new SharedArrayBuffer(8), runInNewContext('new SharedArrayBuffer(8)') as SharedArrayBuffer])(
    'on shared memory',
    (memory) => {
      const error = thrownBy(make(new Float32Array(memory)));
      expect(error).toMatchObject({ code: 'ERR_FRAME', fault: 'value' });
      expect(error.message).toContain('SharedArrayBuffer');
      expect(error.message).toContain('samples.slice()');
      expect(frame(new Float32Array(memory).slice()).numSamples).toBe(1);
    },
  );
});
