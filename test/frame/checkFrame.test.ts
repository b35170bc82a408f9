import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FrameError } from '../../src/samples/FrameError.js';
import { checkFrame } from '../../src/frame/checkFrame.js';
import { frame } from '../../src/frame/frame.js';
import { sampleTypeByName } from '../../src/samples/sampleTypes.js';
import { frames, thrownBy } from './arbitraries.js';

const good = frame(new Float32Array(4), { sampleRate: 1 });

it('lets every frame pass and tells its type', () => {
  fc.assert(
    fc.property(frames, (value) => {
      expect(checkFrame(value)).toBe(sampleTypeByName(value.sampleType));
    }),
  );
});

it.each([NaN, Infinity, -Infinity, -1])('lets a rate of %s pass, as peers can send it', (rate) => {
  expect(() => checkFrame({ ...good, sampleRate: rate, centerFreq: rate })).not.toThrow();
});

it('lets a frame of another realm, a peer and unknown keys pass', () => {
  const foreign = runInNewContext('({ samples: new Float32Array(4) })') as object;
  expect(() => checkFrame(Object.assign(foreign, { ...good, ...foreign }))).not.toThrow();
  expect(() => checkFrame({ ...good, peer: 3, label: 'mine' })).not.toThrow();
  expect(() => checkFrame({ ...good, peer: undefined })).not.toThrow();
});

it('lets a Buffer pass as cf128', () => {
  expect(checkFrame(frame(Buffer.alloc(32), { sampleType: 'cf128' })).name).toBe('cf128');
});

it.each([undefined, null, 5, 'frame', [1, 2], () => 0, {}, Symbol('s'), 1n])('refuses %s', (value) => {
  const error = thrownBy(() => checkFrame(value));
  expect(error).toBeInstanceOf(FrameError);
  expect(error).toMatchObject({ code: 'ERR_FRAME', fault: 'value' });
  expect(error.message).toContain('a frame must be an object with samples, not ');
});

it.each([
  ['sampleType', 'cf16', "'cf16'"],
  ['sampleType', undefined, 'undefined'],
  ['samples', [1, 2, 3, 4], 'an array'],
  ['samples', new Float64Array(4), 'Float64Array'],
  ['samples', new DataView(new ArrayBuffer(16)), 'DataView'],
  ['samples', undefined, 'undefined'],
  ['samples', new Float32Array(new SharedArrayBuffer(16)), 'SharedArrayBuffer'],
  ['sampleRate', '1', "'1'"],
  ['sampleRate', undefined, 'undefined'],
  ['centerFreq', 1n, '1n'],
  ['sequence', -1, '-1'],
  ['sequence', 0.5, '0.5'],
  ['sequence', 2 ** 53, '9007199254740992'],
  ['sequence', 1n, '1n'],
  ['sequence', NaN, 'NaN'],
  ['timestampNs', 1, '1'],
  ['timestampNs', -1n, '-1n'],
  ['timestampNs', 2n ** 64n, '18446744073709551616n'],
  ['timestampNs', undefined, 'undefined'],
  ['streamId', -1, '-1'],
  ['streamId', 2 ** 32, '4294967296'],
  ['streamId', 1n, '1n'],
  ['streamId', Symbol('s'), 'Symbol(s)'],
  ['flags', 0.5, '0.5'],
  ['flags', '0', "'0'"],
  ['version', undefined, 'undefined'],
  ['version', -1, '-1'],
  ['peer', 'a', "'a'"],
])('refuses %s: %o', (field, value, said) => {
  const error = thrownBy(() => checkFrame({ ...good, [field]: value }));
  expect(error).toBeInstanceOf(FrameError);
  expect(error).toMatchObject({ code: 'ERR_FRAME', fault: 'value' });
  expect(error.message).toContain(field);
  expect(error.message).toContain(said);
});

it.each([1, '0', undefined, null])('refuses protocol: %o', (protocol) => {
  const error = thrownBy(() => checkFrame({ ...good, protocol }));
  expect(error).toMatchObject({ code: 'ERR_FRAME', fault: 'protocol' });
  expect(error.message).toContain('protocol must be 0');
});

it('refuses no samples and half a sample', () => {
  const none = { ...good, samples: new Float32Array(0), numSamples: 0 };
  expect(thrownBy(() => checkFrame(none))).toMatchObject({ code: 'ERR_FRAME', fault: 'length' });
  const half = { ...good, samples: new Float32Array(3), numSamples: 1.5 };
  expect(thrownBy(() => checkFrame(half))).toMatchObject({ code: 'ERR_FRAME', fault: 'length' });
});
