import {
  cf128ToFloat64,
  decodeFrame,
  encodeFrame,
  float64ToCf128,
  type Frame,
  type FrameFrom,
  type FrameInput,
  frame,
  type FrameOf,
  getTimestampNs,
  type SampleType,
  type SamplesOf,
} from 'rxzmq';
import { describe, expectTypeOf, it } from 'vitest';

declare const any: Frame;
declare const floats: Frame<'cf32'>;
declare const either: Frame<'ci8' | 'cf64'>;

describe('Frame', () => {
  it('narrows samples by sampleType', () => {
    expectTypeOf(any.samples).toEqualTypeOf<
      Int8Array | Int16Array | Int32Array | Float32Array | Float64Array | Uint8Array
    >();
    if (any.sampleType === 'cf32') expectTypeOf(any.samples).toEqualTypeOf<Float32Array>();
    else expectTypeOf(any.sampleType).toEqualTypeOf<Exclude<SampleType, 'cf32'>>();
    if (either.sampleType !== 'ci8') expectTypeOf(either.samples).toEqualTypeOf<Float64Array>();
    switch (any.sampleType) {
      case 'ci8':
        return expectTypeOf(any.samples).toEqualTypeOf<Int8Array>();
      case 'ci16':
        return expectTypeOf(any.samples).toEqualTypeOf<Int16Array>();
      case 'ci32':
        return expectTypeOf(any.samples).toEqualTypeOf<Int32Array>();
      case 'cf32':
        return expectTypeOf(any.samples).toEqualTypeOf<Float32Array>();
      case 'cf64':
        return expectTypeOf(any.samples).toEqualTypeOf<Float64Array>();
      case 'cf128':
        return expectTypeOf(any.samples).toEqualTypeOf<Uint8Array>();
      default:
        expectTypeOf(any).toBeNever();
    }
  });

  it('is a union over its types', () => {
    expectTypeOf<Frame<'cf32'>>().toEqualTypeOf<FrameOf<'cf32'>>();
    expectTypeOf<Frame<'ci8' | 'cf64'>>().toEqualTypeOf<FrameOf<'ci8'> | FrameOf<'cf64'>>();
    expectTypeOf<Frame>().toEqualTypeOf<Frame<SampleType>>();
    expectTypeOf<SamplesOf<'ci16'>>().toEqualTypeOf<Int16Array>();
  });

  it('of one type is one of any type, not the other way', () => {
    expectTypeOf<Frame<'cf32'>>().toExtend<Frame>();
    expectTypeOf<Frame>().not.toExtend<Frame<'cf32'>>();
    expectTypeOf<Frame<'cf32'>>().not.toExtend<Frame<'cf64'>>();
    // @ts-expect-error -- it may be of another type
    const one: Frame<'cf32'> = any;
    const all: Frame = floats;
    void [one, all];
  });

  it('has numbers, and a bigint for its time', () => {
    expectTypeOf(any.numSamples).toEqualTypeOf<number>();
    expectTypeOf(any.sequence).toEqualTypeOf<number>();
    expectTypeOf(any.timestampNs).toEqualTypeOf<bigint>();
    expectTypeOf(any.peer).toEqualTypeOf<number | undefined>();
  });

  it('is a plain object: a copy with other samples is a frame', () => {
    const quieter: Frame<'cf32'> = { ...floats, samples: floats.samples.map((value) => value / 2) };
    const retuned: Frame = { ...any, centerFreq: 1e6 };
    // @ts-expect-error -- these samples are no cf32
    const wrong: Frame<'cf32'> = { ...floats, samples: new Int16Array(2) };
    // @ts-expect-error -- nor does the type follow the samples
    const changed: Frame = { ...floats, samples: new Int16Array(2) };
    void [quieter, retuned, wrong, changed];
  });

  it('is read only', () => {
    // @ts-expect-error -- make a copy instead
    any.sequence = 1;
    // @ts-expect-error -- make a copy instead
    floats.samples = new Float32Array(2);
    floats.samples[0] = 1; // an array is an array
  });
});

describe('frame', () => {
  it('knows the type from the class of the array', () => {
    expectTypeOf(frame(new Int8Array(2))).toEqualTypeOf<Frame<'ci8'>>();
    expectTypeOf(frame(new Int16Array(2))).toEqualTypeOf<Frame<'ci16'>>();
    expectTypeOf(frame(new Int32Array(2))).toEqualTypeOf<Frame<'ci32'>>();
    expectTypeOf(frame(new Float32Array(2))).toEqualTypeOf<Frame<'cf32'>>();
    expectTypeOf(frame(new Float64Array(2))).toEqualTypeOf<Frame<'cf64'>>();
    expectTypeOf(frame(new Float32Array(2), { sampleType: 'cf32', sampleRate: 1 })).toEqualTypeOf<Frame<'cf32'>>();
  });

  it('is told cf128, which bytes cannot say', () => {
    expectTypeOf(frame(new Uint8Array(32), { sampleType: 'cf128' })).toEqualTypeOf<Frame<'cf128'>>();
    expectTypeOf(frame(Buffer.alloc(32), { sampleType: 'cf128' })).toEqualTypeOf<Frame<'cf128'>>();
    // @ts-expect-error -- a Uint8Array must say 'cf128'
    frame(new Uint8Array(32));
    // @ts-expect-error -- a Uint8Array must say 'cf128'
    frame(new Uint8Array(32), { sampleRate: 1 });
  });

  it('refuses what cannot be', () => {
    // @ts-expect-error -- the array is of another type
    frame(new Int16Array(2), { sampleType: 'cf32' });
    // @ts-expect-error -- a class without a sample type
    frame(new Uint16Array(2));
    // @ts-expect-error -- an array is not typed
    frame([1, 0]);
    // @ts-expect-error -- no such sample type
    frame(new Float32Array(2), { sampleType: 'cf16' });
    // @ts-expect-error -- no such option
    frame(new Float32Array(2), { sampelRate: 1 });
    // @ts-expect-error -- the time is a bigint
    frame(new Float32Array(2), { timestampNs: 1 });
  });

  it('takes undefined for the default', () => {
    const sampleRate = undefined as number | undefined;
    expectTypeOf(frame(new Float32Array(2), { sampleRate, timestampNs: undefined })).toEqualTypeOf<Frame<'cf32'>>();
  });
});

describe('what is done with frames', () => {
  it('encodes to two parts and decodes to any frame', () => {
    expectTypeOf(encodeFrame(floats)).toEqualTypeOf<[header: Uint8Array, payload: Uint8Array]>();
    expectTypeOf(decodeFrame([new Uint8Array(96), Buffer.alloc(8)])).toEqualTypeOf<Frame>();
    // @ts-expect-error -- samples are no frame
    encodeFrame(new Float32Array(2));
  });

  it('converts cf128', () => {
    expectTypeOf(cf128ToFloat64(new Uint8Array(32))).toExtend<Float64Array>();
    expectTypeOf(float64ToCf128(new Float64Array(2))).toExtend<Uint8Array>();
    // @ts-expect-error -- these are no bytes
    cf128ToFloat64(new Float64Array(2));
  });

  it('tells the time', () => expectTypeOf(getTimestampNs).toEqualTypeOf<() => bigint>());
});

describe('FrameFrom', () => {
  it('keeps the type of a frame, and finds that of an array', () => {
    expectTypeOf<FrameFrom<Frame<'ci16'>>>().toEqualTypeOf<Frame<'ci16'>>();
    expectTypeOf<FrameFrom<Frame>>().toEqualTypeOf<Frame>();
    expectTypeOf<FrameFrom<Int8Array>>().toEqualTypeOf<Frame<'ci8'>>();
    expectTypeOf<FrameFrom<Int16Array>>().toEqualTypeOf<Frame<'ci16'>>();
    expectTypeOf<FrameFrom<Int32Array>>().toEqualTypeOf<Frame<'ci32'>>();
    expectTypeOf<FrameFrom<Float32Array>>().toEqualTypeOf<Frame<'cf32'>>();
    expectTypeOf<FrameFrom<Float64Array>>().toEqualTypeOf<Frame<'cf64'>>();
    expectTypeOf<FrameFrom<Uint8Array>>().toEqualTypeOf<Frame<'cf128'>>();
    expectTypeOf<FrameFrom<Frame<'ci8'> | Float32Array>>().toEqualTypeOf<Frame<'ci8'> | Frame<'cf32'>>();
    expectTypeOf<FrameFrom<FrameInput>>().toEqualTypeOf<Frame>();
  });
});
