import { type Observable, of } from 'rxjs';
import { type Frame, fromPull, json, text } from 'rxzmq';
import { frames, virtualTime } from 'rxzmq/testing';
import { describe, expectTypeOf, it } from 'vitest';

describe('virtualTime', () => {
  it('gives helpers, and nothing back', () => {
    expectTypeOf(virtualTime(() => undefined)).toEqualTypeOf<void>();
    virtualTime(({ run, feed, expectEndpoint, expectObservable, room, presence, cold }) => {
      run(fromPull('tcp://radio:1'), '--^--!');
      feed('tcp://radio:1', 'a-b', { a: [1, 2], b: new Float32Array(2) }, { sampleRate: 48_000 });
      feed('tcp://radio:1', 'a', { a: 'text' }, { codec: text });
      // @ts-expect-error -- text is no number
      feed('tcp://radio:1', 'a', { a: 1 }, { codec: text });
      expectEndpoint('tcp://*:1', { codec: json<number>(), reply: (asked) => of(asked + 1) }).toBe('a', { a: 1 });
      expectEndpoint('tcp://*:1', { reply: (request) => request }).toBe('a');
      // @ts-expect-error -- a promise cannot settle in virtual time
      expectEndpoint('tcp://*:1', { reply: async (request) => request });
      expectObservable(cold<number>('a|', { a: 1 })).toBe('a|', { a: 1 });
      room('tcp://*:1', '1--0');
      presence('tcp://*:1', '1--0');
    });
  });

  it('knows its options', () => {
    virtualTime(() => undefined, { tolerance: 0.1, latencyMs: 5, deepEqual: () => undefined });
    // @ts-expect-error -- none of them
    virtualTime(() => undefined, { tolerances: 1 });
  });
});

describe('frames', () => {
  it('keeps the letters', () => {
    const { a, b } = frames({ a: [1, 0], b: new Int16Array(2) });
    expectTypeOf(a).toExtend<Frame>();
    expectTypeOf(b).toExtend<Frame>();
    expectTypeOf(b.sampleType).toEqualTypeOf<'ci16'>();
    expectTypeOf(of(a)).toExtend<Observable<Frame>>();
  });
});
