import { type Observable, type OperatorFunction, Subject } from 'rxjs';
import {
  align,
  convertSamples,
  cu8ToFloat32,
  type Frame,
  type FrameOf,
  type FrameStats,
  frame,
  fromPull,
  type Gap,
  gaps,
  halfToFloat32,
  markGaps,
  type Marked,
  pace,
  reblock,
  type Saturation,
  sc16Q11ToFloat32,
  stats,
  toPush,
} from 'rxzmq';
import { describe, expectTypeOf, it } from 'vitest';

declare const any: Observable<Frame>;
declare const floats: Observable<Frame<'cf32'>>;
declare const bytes: Observable<Frame<'ci8'>>;
const url = 'tcp://127.0.0.1:5555';

describe('the operators for signals', () => {
  it('keep the type of the samples through the pipe', () => {
    const onGap = (gap: Gap) => void gap.missing;
    expectTypeOf(floats.pipe(gaps({ onGap }), reblock(4096), pace())).toEqualTypeOf<Observable<FrameOf<'cf32'>>>();
    expectTypeOf(any.pipe(gaps({ onGap }), pace({ speed: 2 }))).toEqualTypeOf<Observable<Frame>>();
    expectTypeOf(any.pipe(reblock(4096))).toEqualTypeOf<Observable<Frame>>();
    any.pipe(reblock(4096), toPush(url));
    fromPull(url, { sampleType: 'ci16' }).pipe(reblock(64), convertSamples('cf32'), toPush(url));
  });

  it('mark frames', () => {
    expectTypeOf(floats.pipe(markGaps())).toEqualTypeOf<Observable<Marked<FrameOf<'cf32'>>>>();
    floats.pipe(markGaps()).subscribe(({ gap, samples }) => {
      expectTypeOf(gap).toEqualTypeOf<Gap | undefined>();
      expectTypeOf(samples).toEqualTypeOf<Float32Array>();
    });
    floats.pipe(markGaps(), toPush(url));
  });

  it('give the type that was asked for', () => {
    expectTypeOf(any.pipe(convertSamples('cf64'))).toEqualTypeOf<Observable<Frame<'cf64'>>>();
    expectTypeOf(floats.pipe(convertSamples('ci8'))).toEqualTypeOf<Observable<Frame<'ci8'>>>();
    expectTypeOf(convertSamples('cf128')).toEqualTypeOf<OperatorFunction<Frame, Frame<'cf128'>>>();
    // @ts-expect-error -- no such type
    convertSamples('cu8');
  });

  it('tell a function, or an observer', () => {
    gaps({ onGap: new Subject<Gap>() });
    convertSamples('ci8', { onSaturated: new Subject<Saturation>() });
    convertSamples('ci8', { onSaturated: ({ count }) => expectTypeOf(count).toEqualTypeOf<number>() });
    // @ts-expect-error -- whom to tell?
    gaps();
    // @ts-expect-error -- these are other events
    gaps({ onGap: new Subject<string>() });
    // @ts-expect-error -- no such option
    markGaps({ onGap: () => undefined });
  });

  it('measure', () => {
    expectTypeOf(floats.pipe(stats({ everyMs: 100 }))).toEqualTypeOf<Observable<FrameStats>>();
    floats.pipe(stats()).subscribe(({ latencyMs }) => {
      expectTypeOf(latencyMs?.p99).toEqualTypeOf<number | undefined>();
    });
    // @ts-expect-error -- no such option
    stats({ every: 100 });
  });

  it('pair frames of both types', () => {
    expectTypeOf(align(floats, bytes)).toEqualTypeOf<Observable<[first: FrameOf<'cf32'>, second: FrameOf<'ci8'>]>>();
    expectTypeOf(align(any, floats, { jitterMs: 1 })).toEqualTypeOf<
      Observable<[first: Frame, second: FrameOf<'cf32'>]>
    >();
    // @ts-expect-error -- numbers have no time
    align(floats, new Subject<number>());
    // @ts-expect-error -- two are needed
    align(floats);
  });

  it('refuse what is no frame', () => {
    const numbers = new Subject<number>();
    // @ts-expect-error -- a number is no frame
    numbers.pipe(reblock(4));
    // @ts-expect-error -- a number is no frame
    numbers.pipe(pace());
    // @ts-expect-error -- a size is needed
    reblock();
  });
});

it('what radios say becomes the samples of a frame', () => {
  expectTypeOf(frame(cu8ToFloat32(new Uint8Array(2)))).toEqualTypeOf<Frame<'cf32'>>();
  expectTypeOf(frame(sc16Q11ToFloat32(new Int16Array(2)))).toEqualTypeOf<Frame<'cf32'>>();
  expectTypeOf(frame(halfToFloat32(new Uint8Array(4)))).toEqualTypeOf<Frame<'cf32'>>();
  // @ts-expect-error -- cu8 is unsigned
  cu8ToFloat32(new Int8Array(2));
});
