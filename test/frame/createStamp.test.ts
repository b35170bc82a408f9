import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameError } from '../../src/samples/FrameError.js';
import { OptionError } from '../../src/errors.js';
import { createStamp, type StampSettings } from '../../src/frame/createStamp.js';
import { frame } from '../../src/frame/frame.js';
import type { FrameInput } from '../../src/frame/types.js';
import { frames, thrownBy } from './arbitraries.js';

const given = { ...frame(new Int16Array(4), { sampleRate: 1, centerFreq: 2, streamId: 3, flags: 4 }), version: 99 };
const wire = { ...given, sequence: 50, timestampNs: 60n, peer: 7 };

/** A clock that counts how often it was asked. */
const counter = () => {
  let asked = 0n;
  return () => ++asked;
};

describe('a bare array', () => {
  it('gets the metadata of the settings, a number and the time', () => {
    const samples = new Float32Array(6);
    const stamp = createStamp({ sampleRate: 10, centerFreq: 20, streamId: 30, flags: 40 }, () => 5n);
    const stamped = stamp(samples);
    expect(stamped).toEqual({
      sampleType: 'cf32',
      samples,
      numSamples: 3,
      sampleRate: 10,
      centerFreq: 20,
      sequence: 0,
      timestampNs: 5n,
      streamId: 30,
      flags: 40,
      protocol: 0,
      version: 0x00010000,
    });
    expect(stamped.samples).toBe(samples);
    expect(Object.keys(stamped)).toEqual(Object.keys(given));
  });

  it('counts the samples of a changed copy', () => {
    const copy = { ...frame(new Float32Array(8)), samples: new Float32Array(2) };
    expect(createStamp({}, () => 5n)(copy)).toMatchObject({ numSamples: 1 });
  });

  it('gets zeros where there are no settings', () => {
    expect(createStamp({}, () => 5n)(new Int8Array(2))).toMatchObject({
      sampleRate: 0,
      centerFreq: 0,
      streamId: 0,
      flags: 0,
    });
  });

  it.each<StampSettings>([
    { timestamp: 'keep', sequence: 'preserve' },
    { timestamp: 'now', sequence: 'stamp' },
  ])('is counted and gets the time with %o', (settings) => {
    const stamp = createStamp(settings, counter());
    expect(stamp(new Int8Array(2))).toMatchObject({ sequence: 0, timestampNs: 1n });
    expect(stamp(new Int8Array(2))).toMatchObject({ sequence: 1, timestampNs: 2n });
  });

  it('that is a Uint8Array needs cf128', () => {
    expect(createStamp({ sampleType: 'cf128' }, () => 5n)(new Uint8Array(64))).toMatchObject({ numSamples: 2 });
    expect(thrownBy(() => createStamp({}, () => 5n)(new Uint8Array(64)))).toMatchObject({ fault: 'sampleType' });
  });

  it('of another realm is taken', () => {
    const foreign = runInNewContext('new Float64Array(2)') as Float64Array;
    expect(createStamp({}, () => 5n)(foreign)).toMatchObject({ sampleType: 'cf64', numSamples: 1 });
  });
});

describe('a Frame', () => {
  it('keeps all but its sequence, and loses its peer', () => {
    const stamp = createStamp({ sampleRate: 10, centerFreq: 20, streamId: 30, flags: 40 }, counter());
    const { peer: _, ...rest } = wire;
    const stamped = stamp(wire);
    expect(stamped).toEqual({ ...rest, sequence: 0 });
    expect('peer' in stamped).toBe(false);
    expect(Object.keys(stamped)).toEqual(Object.keys(given));
    expect(Object.getPrototypeOf(stamped)).toBe(Object.prototype);
    expect(stamped.samples).toBe(wire.samples);
    expect(wire.peer).toBe(7);
    expect(stamp(wire).sequence).toBe(1);
  });

  it('of any metadata keeps it', () => {
    const preserve = createStamp({ sequence: 'preserve' }, () => 5n);
    fc.assert(
      fc.property(frames, (value) => {
        fc.pre(value.version !== 2); // a frame that came over NATS
        expect(preserve(value)).toEqual(value);
      }),
    );
  });

  it('that came over NATS is one of SIGS from now on', () => {
    expect(createStamp({ sequence: 'preserve' }, () => 5n)({ ...wire, version: 2 }).version).toBe(0x10000);
  });

  it("gets the time with timestamp 'now'; with 'keep' the clock is not asked", () => {
    expect(createStamp({ timestamp: 'now' }, () => 5n)(wire).timestampNs).toBe(5n);
    const unasked = () => expect.fail('asked');
    expect(createStamp({ timestamp: 'keep' }, unasked)(wire).timestampNs).toBe(60n);
  });

  it("keeps its sequence with 'preserve', and bare arrays between count for themselves", () => {
    const stamp = createStamp({ sequence: 'preserve' }, () => 5n);
    const inputs: FrameInput[] = [new Int8Array(2), wire, new Int8Array(2), { ...wire, sequence: 9 }];
    expect(inputs.map((input) => stamp(input).sequence)).toEqual([0, 50, 1, 9]);
  });
});

it('counts for each stamp by itself', () => {
  const [one, other] = [createStamp({}, () => 5n), createStamp({}, () => 5n)];
  expect([one(wire), one(wire), other(wire)].map(({ sequence }) => sequence)).toEqual([0, 1, 0]);
});

it('takes no number for an input that throws, nor when the clock does', () => {
  let isBroken = false;
  const stamp = createStamp({}, () => {
    if (isBroken) throw new Error('no time');
    return 5n;
  });
  expect(stamp(wire).sequence).toBe(0);
  for (const bad of [new Float32Array(3), { ...wire, flags: -1 }, null, [1]]) {
    expect(thrownBy(() => stamp(bad as FrameInput))).toBeInstanceOf(FrameError);
  }
  isBroken = true;
  expect(() => stamp(new Int8Array(2))).toThrow('no time');
  isBroken = false;
  expect(stamp(new Int8Array(2)).sequence).toBe(1);
});

it.each([
  [new Float32Array(2), 'cf32'],
  [frame(new Float32Array(2)), 'cf32'],
] as const)('refuses another type than that of the settings', (input, sampleType) => {
  const error = thrownBy(() => createStamp({ sampleType: 'ci16' }, () => 5n)(input));
  expect(error).toBeInstanceOf(FrameError);
  expect(error).toMatchObject({ code: 'ERR_FRAME', fault: 'sampleType', sampleType });
  expect(error.message).toContain('cf32');
  expect(error.message).toContain("'ci16'");
});

it('takes the type of the settings', () => {
  const stamp = createStamp({ sampleType: 'ci16' }, () => 5n);
  expect([stamp(wire), stamp(new Int16Array(2))].map(({ sampleType }) => sampleType)).toEqual(['ci16', 'ci16']);
});

it.each([
  ['sampleType', 'cf16'],
  ['sampleRate', NaN],
  ['centerFreq', '1'],
  ['streamId', -1],
  ['flags', 2 ** 32],
  ['timestamp', 'later'],
  ['sequence', 5],
])('refuses the setting %s: %s', (option, value) => {
  const error = thrownBy(() => createStamp({ [option]: value }, () => 5n));
  expect(error).toBeInstanceOf(OptionError);
  expect(error).toMatchObject({ option, value });
});

it('does not look at other options of a sink', () => {
  expect(() => createStamp({ highWaterMark: 5 } as StampSettings, () => 5n)).not.toThrow();
});
