import type { Observable, OperatorFunction } from 'rxjs';
import { type Frame, type FrameOf, fromPull, pacedMap, toPush } from 'rxzmq';
import {
  fromIqFile,
  fromRtlTcp,
  fromSigmf,
  type Items,
  readSigmf,
  type SigmfRecording,
  toIqFile,
  toSigmf,
} from 'rxzmq/sigmf';
import { describe, expectTypeOf, it } from 'vitest';

const url = 'tcp://127.0.0.1:5555';

describe('sources', () => {
  it('give Frames, narrowed by sampleType', () => {
    expectTypeOf(fromSigmf('x')).toEqualTypeOf<Observable<Frame>>();
    expectTypeOf(fromSigmf('x', { sampleType: 'cf32', pace: 2 })).toEqualTypeOf<Observable<Frame<'cf32'>>>();
    expectTypeOf(fromIqFile('x.cu8')).toEqualTypeOf<Observable<Frame>>();
    expectTypeOf(fromIqFile('x.cu8', { sampleType: 'ci8' })).toEqualTypeOf<Observable<Frame<'ci8'>>>();
    expectTypeOf(fromRtlTcp('x')).toEqualTypeOf<Observable<Frame<'ci8'>>>();
    expectTypeOf(fromRtlTcp('x', { sampleType: 'cf32' })).toEqualTypeOf<Observable<Frame<'cf32'>>>();
  });

  it('give items where that is said', () => {
    expectTypeOf(fromSigmf('x', { items: true })).toEqualTypeOf<Observable<Items>>();
    // @ts-expect-error -- real samples have no sample type
    void fromSigmf('x', { items: true, sampleType: 'cf32' });
    // @ts-expect-error -- a type that is not said
    void fromSigmf<number>('x');
  });

  it('go into sinks', () => {
    void fromSigmf('x').pipe(toPush(url));
    void fromSigmf('x', { sampleType: 'cf32' }).pipe(pacedMap((frame) => [frame.samples.fill(0)]));
  });
});

describe('sinks', () => {
  it('give the frames that they take', () => {
    expectTypeOf(fromPull(url).pipe(toSigmf('x'))).toEqualTypeOf<Observable<Frame>>();
    expectTypeOf(fromRtlTcp('x').pipe(toIqFile('-'))).toEqualTypeOf<Observable<FrameOf<'ci8'>>>();
    expectTypeOf(toSigmf<Float32Array>('x')).toEqualTypeOf<OperatorFunction<Float32Array, FrameOf<'cf32'>>>();
    // @ts-expect-error -- no frame
    void fromSigmf('x', { items: true }).pipe(toSigmf('y'));
  });
});

it('a recording tells its metadata', () => {
  expectTypeOf(readSigmf('x')).toEqualTypeOf<Promise<SigmfRecording[]>>();
  expectTypeOf<SigmfRecording['meta']['captures'][number]['core:frequency']>().toEqualTypeOf<number | undefined>();
});
