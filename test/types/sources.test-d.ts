import type { Observable } from 'rxjs';
import {
  type Codec,
  type Frame,
  fromPull,
  fromSub,
  type InvalidMessage,
  json,
  raw,
  type SampleType,
  sigs,
  text,
  topic,
  type Topical,
} from 'rxzmq';
import { describe, expectTypeOf, it } from 'vitest';

interface Quote {
  readonly bid: number;
}
const url = 'tcp://127.0.0.1:5555';

describe('fromPull and fromSub', () => {
  it('gives frames of any type', () => {
    expectTypeOf(fromPull(url)).toEqualTypeOf<Observable<Frame>>();
    expectTypeOf(fromSub(url)).toEqualTypeOf<Observable<Frame>>();
    expectTypeOf(fromPull([url, url], {})).toEqualTypeOf<Observable<Frame>>();
    expectTypeOf(fromSub([url, url] as const, { bind: true })).toEqualTypeOf<Observable<Frame>>();
  });

  it('gives frames of the one type it is told', () => {
    expectTypeOf(fromPull(url, { sampleType: 'cf32' })).toEqualTypeOf<Observable<Frame<'cf32'>>>();
    expectTypeOf(fromSub(url, { sampleType: 'ci16', streamId: 1 })).toEqualTypeOf<Observable<Frame<'ci16'>>>();
    fromPull(url, { sampleType: 'cf32' }).subscribe(({ samples }) =>
      expectTypeOf(samples).toEqualTypeOf<Float32Array>(),
    );
    expectTypeOf(fromPull<'cf64'>(url, { sampleType: 'cf64' })).toEqualTypeOf<Observable<Frame<'cf64'>>>();
    expectTypeOf(fromPull(url, { sampleType: undefined })).toEqualTypeOf<Observable<Frame>>();
  });

  it('gives what its codec decodes', () => {
    expectTypeOf(fromPull(url, { codec: text })).toEqualTypeOf<Observable<string>>();
    expectTypeOf(fromSub(url, { codec: raw, topics: ['a', new Uint8Array()] })).toEqualTypeOf<
      Observable<Uint8Array[]>
    >();
    expectTypeOf(fromPull(url, { codec: json<Quote>() })).toEqualTypeOf<Observable<Quote>>();
    expectTypeOf(fromPull(url, { codec: json() })).toEqualTypeOf<Observable<unknown>>();
    expectTypeOf(fromSub(url, { codec: topic(json<Quote>()), topics: ['quotes.'] })).toEqualTypeOf<
      Observable<Topical<Quote>>
    >();
    expectTypeOf(fromPull(url, { codec: sigs })).toEqualTypeOf<Observable<Frame>>();
    expectTypeOf(fromSub(url, { codec: topic(sigs) })).toEqualTypeOf<Observable<Topical<Frame>>>();
  });

  it('takes a codec of one’s own, whatever it encodes', () => {
    const lengths: Codec<number, string> = { encode: () => [], decode: (parts) => parts.length };
    expectTypeOf(fromPull(url, { codec: lengths })).toEqualTypeOf<Observable<number>>();
    expectTypeOf(fromSub(url, { codec: lengths })).toEqualTypeOf<Observable<number>>();
    // @ts-expect-error -- a function that makes a codec is none
    fromPull(url, { codec: json });
    // @ts-expect-error -- half a codec
    fromPull(url, { codec: { decode: () => 1 } });
  });

  it('is not told its type where nothing makes it so', () => {
    // @ts-expect-error -- only a codec can give numbers
    fromPull<number>(url);
    // @ts-expect-error -- only a codec can give numbers
    fromSub<number>(url);
    // @ts-expect-error -- this codec gives strings
    fromPull<number>(url, { codec: text });
    // @ts-expect-error -- nor do frames turn into what is asked for
    const numbers: Observable<number> = fromSub(url);
    void numbers;
  });

  it('is not narrowed where nothing makes it so', () => {
    // @ts-expect-error -- only sampleType can narrow
    fromPull<'cf32'>(url);
    // @ts-expect-error -- only sampleType can narrow
    fromSub<'cf32'>(url, { streamId: 1 });
    // @ts-expect-error -- only sampleType can narrow
    const pulled: Observable<Frame<'cf32'>> = fromPull(url, {});
    // @ts-expect-error -- only sampleType can narrow
    const subscribed: Observable<Frame<'cf32'>> = fromSub(url);
    const sampleType = 'cf32' as SampleType;
    expectTypeOf(fromPull(url, { sampleType })).toEqualTypeOf<Observable<Frame>>();
    const perhaps = 'cf32' as 'cf32' | undefined;
    // @ts-expect-error -- where it may be undefined, any type may come
    const both: Observable<Frame<'cf32'>> = fromPull(url, { sampleType: perhaps });
    void [pulled, subscribed, both];
  });

  it('does not mix options of frames with those of codecs', () => {
    // @ts-expect-error -- the first part of a frame is no topic
    fromSub(url, { topics: ['a'] });
    // @ts-expect-error -- streams are of frames
    fromSub(url, { codec: text, streamId: 1 });
    // @ts-expect-error -- streams are of frames
    fromSub(url, { codec: topic(json<Quote>()), topics: ['a'], streamId: 1 });
    // @ts-expect-error -- sample types are of frames
    fromPull(url, { codec: json<Quote>(), sampleType: 'cf32' });
    // @ts-expect-error -- what a PULL gets, others chose
    fromPull(url, { streamId: 1 });
    // @ts-expect-error -- what a PULL gets, others chose
    fromPull(url, { codec: raw, topics: ['a'] });
    // @ts-expect-error -- and it drops nothing
    fromPull(url, { conflate: true });
  });

  it('refuses what it does not know', () => {
    // @ts-expect-error -- no such option
    fromPull(url, { higWaterMark: 1 });
    // @ts-expect-error -- no such option
    fromSub(url, { topic: 'a' });
    // @ts-expect-error -- no such option beside a codec
    fromPull(url, { codec: text, lingerMS: 1 });
    // @ts-expect-error -- no such option in the group
    fromPull(url, { reconnect: { initalMs: 1 } });
    // @ts-expect-error -- a heartbeat has an interval
    fromPull(url, { heartbeat: { timeoutMs: 1 } });
    // @ts-expect-error -- true does not say how
    fromPull(url, { reconnect: true });
    // @ts-expect-error -- no such sample type
    fromPull(url, { sampleType: 'cf16' });
    // @ts-expect-error -- no such word
    fromPull(url, { onInvalid: 'throw' });
    // @ts-expect-error -- no such driver
    fromPull(url, { driver: 'zmq' });
    // @ts-expect-error -- an endpoint is a string
    fromPull(5555);
    // @ts-expect-error -- an endpoint is needed
    fromPull();
  });

  it('tells its handler of invalid messages what came', () => {
    fromPull(url, { onInvalid: (message) => expectTypeOf(message).toEqualTypeOf<InvalidMessage>() });
    fromSub(url, {
      codec: text,
      onInvalid: ({ error, parts, endpoint }) => {
        expectTypeOf(error.code).toEqualTypeOf<`ERR_${string}`>();
        expectTypeOf(parts).toEqualTypeOf<readonly Uint8Array[]>();
        expectTypeOf(endpoint).toEqualTypeOf<string>();
      },
    });
  });

  it('takes undefined for the default of every option', () => {
    fromPull(url, { bind: undefined, highWaterMark: undefined, reconnect: undefined, codec: undefined });
    fromSub(url, { conflate: undefined, streamId: undefined, status: undefined, onInvalid: undefined });
    fromSub(url, { codec: raw, topics: undefined });
  });
});
