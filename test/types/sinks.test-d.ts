import { map, type Observable, of, type OperatorFunction } from 'rxjs';
import {
  type Codec,
  type Frame,
  type FrameInput,
  frame,
  fromPull,
  json,
  raw,
  sigs,
  text,
  toPub,
  topic,
  type Topical,
  toPush,
} from 'rxzmq';
import { describe, expectTypeOf, it } from 'vitest';

interface Quote {
  readonly bid: number;
}
const url = 'tcp://127.0.0.1:5555';
declare const inputs: Observable<FrameInput>;
declare const anyFrames: Observable<Frame>;

describe('toPush and toPub', () => {
  it('give frames of the type that goes in', () => {
    expectTypeOf(of(new Float32Array(2)).pipe(toPush(url))).toEqualTypeOf<Observable<Frame<'cf32'>>>();
    expectTypeOf(of(new Float32Array(2)).pipe(toPub(url))).toEqualTypeOf<Observable<Frame<'cf32'>>>();
    expectTypeOf(of(frame(new Int16Array(2))).pipe(toPush(url))).toEqualTypeOf<Observable<Frame<'ci16'>>>();
    expectTypeOf(of(frame(new Int16Array(2))).pipe(toPub(url, {}))).toEqualTypeOf<Observable<Frame<'ci16'>>>();
    expectTypeOf(of(new Uint8Array(32)).pipe(toPush(url, { sampleType: 'cf128' }))).toEqualTypeOf<
      Observable<Frame<'cf128'>>
    >();
    expectTypeOf(anyFrames.pipe(toPush(url))).toEqualTypeOf<Observable<Frame>>();
    expectTypeOf(inputs.pipe(toPub(url))).toEqualTypeOf<Observable<Frame>>();
  });

  it('keep it through a pipe', () => {
    expectTypeOf(
      fromPull(url, { sampleType: 'cf32' }).pipe(
        map((one) => ({ ...one, samples: one.samples.map((value) => value / 2) })),
        toPub(url),
        map(({ samples }) => samples),
      ),
    ).toEqualTypeOf<Observable<Float32Array>>();
    expectTypeOf(fromPull(url).pipe(toPush(url, { sequence: 'preserve' }))).toEqualTypeOf<Observable<Frame>>();
  });

  it('take what their codec encodes and give what it decodes', () => {
    expectTypeOf(of('a').pipe(toPush(url, { codec: text }))).toEqualTypeOf<Observable<string>>();
    expectTypeOf(of([new Uint8Array(1)]).pipe(toPub(url, { codec: raw }))).toEqualTypeOf<Observable<Uint8Array[]>>();
    expectTypeOf(of({ bid: 1 }).pipe(toPush(url, { codec: json<Quote>() }))).toEqualTypeOf<Observable<Quote>>();
    expectTypeOf(of({ topic: 'a', value: { bid: 1 } }).pipe(toPub(url, { codec: topic(json<Quote>()) }))).toEqualTypeOf<
      Observable<Topical<Quote>>
    >();
    expectTypeOf(of(new Float32Array(2)).pipe(toPush(url, { codec: sigs }))).toEqualTypeOf<Observable<Frame>>();
    expectTypeOf(of({ topic: 'a', value: new Float32Array(2) }).pipe(toPub(url, { codec: topic(sigs) }))).toEqualTypeOf<
      Observable<Topical<Frame>>
    >();
    const lengths: Codec<number, string> = { encode: () => [], decode: (parts) => parts.length };
    expectTypeOf(toPush(url, { codec: lengths })).toEqualTypeOf<OperatorFunction<string, number>>();
  });

  it('are not told their type where nothing makes it so', () => {
    // @ts-expect-error -- a number is no frame
    toPush<number>(url);
    // @ts-expect-error -- a number is no frame
    toPub<number>(url);
    // @ts-expect-error -- this codec takes strings
    toPush<number>(url, { codec: text });
  });

  it('refuse what they cannot send', () => {
    // @ts-expect-error -- a string is no frame
    of('a').pipe(toPush(url));
    // @ts-expect-error -- nor is an array
    of([1, 0]).pipe(toPub(url));
    // @ts-expect-error -- this codec takes strings
    of(1).pipe(toPush(url, { codec: text }));
    // @ts-expect-error -- this codec takes strings
    of(new Float32Array(2)).pipe(toPub(url, { codec: text }));
    // @ts-expect-error -- with a topic, it is { topic, value }
    of({ bid: 1 }).pipe(toPub(url, { codec: topic(json<Quote>()) }));
    // @ts-expect-error -- and a value of its type
    of({ topic: 'a', value: 'b' }).pipe(toPub(url, { codec: topic(json<Quote>()) }));
  });

  it('do not mix options of frames with those of codecs', () => {
    // @ts-expect-error -- text has no sample rate
    toPush(url, { codec: text, sampleRate: 1 });
    // @ts-expect-error -- nor a stream
    toPub(url, { codec: text, streamId: 1 });
    // @ts-expect-error -- nor samples to give back
    toPush(url, { codec: text, zeroCopy: () => undefined });
    toPush(url, { codec: text, zeroCopy: true });
    toPush(url, { zeroCopy: (samples) => expectTypeOf(samples).toEqualTypeOf<Frame['samples']>() });
  });

  it('refuse what they do not know', () => {
    // @ts-expect-error -- a PUSH has no subscribers
    toPush(url, { waitForSubscribers: 1 });
    // @ts-expect-error -- nor drops
    toPush(url, { noDrop: true });
    // @ts-expect-error -- no such option
    toPub(url, { waitForSubscriber: 1 });
    // @ts-expect-error -- no such option beside a codec
    toPub(url, { codec: text, nodrop: true });
    // @ts-expect-error -- no such word
    toPush(url, { timestamp: 'never' });
    // @ts-expect-error -- no such word
    toPush(url, { sequence: 'keep' });
    // @ts-expect-error -- sinks get nothing
    toPush(url, { onInvalid: 'skip' });
    // @ts-expect-error -- an endpoint is needed
    toPush();
  });

  it('take undefined for the default of every option', () => {
    toPush(url, { codec: undefined, lingerMs: undefined, sampleType: undefined, zeroCopy: undefined });
    toPub(url, { noDrop: undefined, waitForSubscribers: undefined, status: undefined });
  });
});
