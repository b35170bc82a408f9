import { type Codec, type Frame, type FrameInput, json, type Parts, raw, sigs, text, topic, type Topical } from 'rxzmq';
import { describe, expectTypeOf, it } from 'vitest';

interface Quote {
  readonly bid: number;
}

describe('the codecs', () => {
  it('say what they take and give', () => {
    expectTypeOf(sigs).toEqualTypeOf<Codec<Frame, FrameInput>>();
    expectTypeOf(raw).toEqualTypeOf<Codec<Uint8Array[]>>();
    expectTypeOf(text).toEqualTypeOf<Codec<string>>();
    expectTypeOf(json()).toEqualTypeOf<Codec<unknown>>();
    expectTypeOf(json<Quote>()).toEqualTypeOf<Codec<Quote>>();
    expectTypeOf<Parts>().toEqualTypeOf<Uint8Array[]>();
  });

  it('take the type that validate makes sure of', () => {
    expectTypeOf(json((value) => Number(value))).toEqualTypeOf<Codec<number>>();
    json((value) => expectTypeOf(value).toBeUnknown());
    // @ts-expect-error -- a promise of another type than validate keeps
    json<Quote>(() => 'bid');
  });

  it('nest under a topic', () => {
    expectTypeOf(topic(text)).toEqualTypeOf<Codec<Topical<string>, Topical<string>>>();
    expectTypeOf(topic(sigs)).toEqualTypeOf<Codec<Topical<Frame>, Topical<FrameInput>>>();
    expectTypeOf(topic(topic(json<Quote>())).decode).returns.toEqualTypeOf<Topical<Topical<Quote>>>();
    // @ts-expect-error -- a function that makes a codec is none
    topic(json);
  });

  it('are plain values, and so are those of one’s own', () => {
    const own: Codec<number> = { encode: (value) => [Uint8Array.of(value)], decode: ([part]) => part?.[0] ?? 0 };
    expectTypeOf(topic(own)).toEqualTypeOf<Codec<Topical<number>, Topical<number>>>();
    // @ts-expect-error -- decode is missing
    const half: Codec<number> = { encode: () => [] };
    // @ts-expect-error -- a message is an array of parts
    const flat: Codec<number> = { encode: () => new Uint8Array(), decode: () => 1 };
    void [half, flat];
  });
});
