import { type Observable, of, type OperatorFunction } from 'rxjs';
import {
  type Answer,
  type Codec,
  type Frame,
  type FrameInput,
  json,
  raw,
  reply,
  request,
  requester,
  type RequesterHandle,
  type Served,
  text,
} from 'rxzmq';
import { describe, expectTypeOf, it } from 'vitest';

interface Ask {
  readonly a: number;
}
const url = 'tcp://127.0.0.1:5557';
const lengths: Codec<number, string> = { encode: () => [], decode: (parts) => parts.length };

describe('request', () => {
  it('takes frames and arrays, and gives frames', () => {
    expectTypeOf(request(url)).toEqualTypeOf<OperatorFunction<FrameInput, Frame>>();
    expectTypeOf(of(new Float32Array(2)).pipe(request(url, { concurrency: 8 }))).toEqualTypeOf<Observable<Frame>>();
    expectTypeOf(request(url, { onTimeout: 'error' })).toEqualTypeOf<OperatorFunction<FrameInput, Frame>>();
    expectTypeOf(request(url, { onTimeout: (asked) => asked })).toEqualTypeOf<OperatorFunction<FrameInput, Frame>>();
  });

  it('takes what its codec encodes and gives what it decodes', () => {
    expectTypeOf(request(url, { codec: text })).toEqualTypeOf<OperatorFunction<string, string>>();
    expectTypeOf(request(url, { codec: raw })).toEqualTypeOf<OperatorFunction<Uint8Array[], Uint8Array[]>>();
    expectTypeOf(request(url, { codec: json<Ask>(), concurrency: 2 })).toEqualTypeOf<OperatorFunction<Ask, Ask>>();
    expectTypeOf(request(url, { codec: lengths })).toEqualTypeOf<OperatorFunction<string, number>>();
    expectTypeOf(
      request(url, { codec: lengths, onTimeout: (asked) => expectTypeOf(asked).toBeString() as never }),
    ).toEqualTypeOf<OperatorFunction<string, number>>();
  });

  it('gives what project makes of reply and request', () => {
    expectTypeOf(
      request(url, {
        project: (answer, asked) => {
          expectTypeOf(answer).toEqualTypeOf<Frame>();
          expectTypeOf(asked).toEqualTypeOf<Frame>();
          return [answer.sequence, asked.sequence] as const;
        },
      }),
    ).toEqualTypeOf<OperatorFunction<FrameInput, readonly [number, number]>>();
    expectTypeOf(
      of('a').pipe(
        request(url, {
          codec: text,
          concurrency: 4,
          project: (answer, asked) => {
            expectTypeOf([answer, asked]).toEqualTypeOf<string[]>();
            return answer.length + asked.length;
          },
        }),
      ),
    ).toEqualTypeOf<Observable<number>>();
    expectTypeOf(
      request(url, { codec: text, project: (answer) => answer.length, onTimeout: (asked) => -asked.length }),
    ).toEqualTypeOf<OperatorFunction<string, number>>();
  });

  it('has a fallback of the type it gives', () => {
    // @ts-expect-error -- frames are given, and -1 is none
    request(url, { onTimeout: () => -1 });
    // @ts-expect-error -- strings are given
    request(url, { codec: text, onTimeout: () => -1 });
    // @ts-expect-error -- numbers are given
    request(url, { codec: text, project: (answer: string): number => answer.length, onTimeout: () => 'late' });
    // @ts-expect-error -- no such word
    request(url, { onTimeout: 'skip' });
  });

  it('is not told its type where nothing makes it so', () => {
    // @ts-expect-error -- only a codec or project can give numbers
    request<number>(url);
    // @ts-expect-error -- this codec gives strings
    request<number>(url, { codec: text });
    // @ts-expect-error -- a string is no frame
    of('a').pipe(request(url));
    // @ts-expect-error -- this codec takes strings
    of(1).pipe(request(url, { codec: text }));
  });

  it('refuses what it does not know', () => {
    // @ts-expect-error -- no such option
    request(url, { timeout: 1 });
    // @ts-expect-error -- no such option beside a codec
    request(url, { codec: text, retry: 1 });
    // @ts-expect-error -- no such option beside project
    request(url, { project: () => 1, retry: 1 });
    // @ts-expect-error -- text has no sample rate
    request(url, { codec: text, sampleRate: 1 });
    // @ts-expect-error -- a word is no function
    request(url, { project: 'reply' });
  });
});

describe('requester', () => {
  it('has the types of request', () => {
    expectTypeOf(requester(url)).toEqualTypeOf<RequesterHandle<FrameInput, Frame>>();
    expectTypeOf(requester(url, { codec: text })).toEqualTypeOf<RequesterHandle<string, string>>();
    expectTypeOf(requester(url, { codec: lengths })).toEqualTypeOf<RequesterHandle<string, number>>();
    expectTypeOf(requester(url, { project: (answer) => answer.samples })).toEqualTypeOf<
      RequesterHandle<FrameInput, Frame['samples']>
    >();
    expectTypeOf(requester(url, { codec: json<Ask>(), project: ({ a }) => a, onTimeout: ({ a }) => a })).toEqualTypeOf<
      RequesterHandle<Ask, number>
    >();
  });

  it('gives Observables, and a promise of its end', () => {
    expectTypeOf(requester(url).request(new Int8Array(2))).toEqualTypeOf<Observable<Frame>>();
    expectTypeOf(requester(url).close()).toEqualTypeOf<Promise<void>>();
    // @ts-expect-error -- a string is no frame
    requester(url).request('a');
    // @ts-expect-error -- this codec takes strings
    requester(url, { codec: text }).request(1);
  });

  it('refuses what it does not know', () => {
    // @ts-expect-error -- all that are asked for go out
    requester(url, { concurrency: 1 });
    // @ts-expect-error -- only a codec or project can give numbers
    requester<number>(url);
    // @ts-expect-error -- no such option
    requester(url, { codec: text, timeout: 1 });
  });
});

describe('reply', () => {
  it('serves frames with frames and arrays', () => {
    expectTypeOf(reply(url, (asked) => asked)).toEqualTypeOf<Observable<Served<Frame, Frame>>>();
    reply(url, (asked) => {
      expectTypeOf(asked).toEqualTypeOf<Frame>();
      return new Float32Array(2);
    });
    reply(url, async (asked) => ({ ...asked, flags: 1 }), { concurrency: 2, handlerTimeoutMs: 100 });
    reply(url, () => of(new Int16Array(2)));
    expectTypeOf<Answer<number>>().toEqualTypeOf<number | PromiseLike<number> | Observable<number>>();
  });

  it('serves what its codec says', () => {
    expectTypeOf(reply(url, (asked) => asked.toUpperCase(), { codec: text })).toEqualTypeOf<
      Observable<Served<string, string>>
    >();
    expectTypeOf(reply(url, async ({ a }) => ({ a: a + 1 }), { codec: json<Ask>() })).toEqualTypeOf<
      Observable<Served<Ask, Ask>>
    >();
    expectTypeOf(reply(url, (count) => of('x'.repeat(count)), { codec: lengths })).toEqualTypeOf<
      Observable<Served<number, number>>
    >();
  });

  it('refuses a handler whose answer cannot be sent', () => {
    // @ts-expect-error -- a string is no frame
    reply(url, () => 'a');
    // @ts-expect-error -- nor is nothing
    reply(url, () => undefined);
    // @ts-expect-error -- nor the promise of a string
    reply(url, async () => 'a');
    // @ts-expect-error -- this codec takes strings
    reply(url, (asked: string) => asked.length, { codec: text });
    // @ts-expect-error -- it is needed
    reply(url);
  });

  it('refuses what it does not know', () => {
    // @ts-expect-error -- no such option
    reply(url, (asked) => asked, { timeoutMs: 1 });
    // @ts-expect-error -- text has no sample rate
    reply(url, (asked: string) => asked, { codec: text, sampleRate: 1 });
    // @ts-expect-error -- no such option beside a codec
    reply(url, (asked: string) => asked, { codec: text, handlerTimeout: 1 });
  });
});
