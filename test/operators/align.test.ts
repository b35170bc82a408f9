import fc from 'fast-check';
import {
  asyncScheduler,
  defer,
  EMPTY,
  filter,
  map,
  merge,
  NEVER,
  Observable,
  of,
  retry,
  share,
  skip,
  Subject,
  take,
  tap,
  throwError,
} from 'rxjs';
import { align, type Frame, frame, OptionError, OverflowError } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { heard, Inbox, numbers, Stage } from '../demand/stages.js';
import { marbles } from '../helpers/marbles.js';
import { counted, valuesOf } from '../helpers/signals.js';

/** So many samples at 1000 Hz from such a millisecond on; each value is its own time. */
const span = (fromMs: number, samples: number, sequence = 0): Frame<'ci16'> =>
  counted(
    numbers(samples).map((n) => fromMs + n),
    { timestampNs: BigInt(fromMs) * 1_000_000n, sampleRate: 1000, sequence },
  );

/** Both sides of each pair, as text. */
const pairs = map(([first, second]: [Frame, Frame]) => `${valuesOf(first).join(' ')} | ${valuesOf(second).join(' ')}`);

/** The pairs that come of frames which arrive by turns. */
function pairsOf(first: readonly Frame[], second: readonly Frame[], options = {}): [Frame, Frame][] {
  const got: [Frame, Frame][] = [];
  const [one, other] = [new Subject<Frame>(), new Subject<Frame>()];
  let completed = false;
  align(one, other, options).subscribe({ next: (pair) => got.push(pair), complete: () => (completed = true) });
  for (let i = 0; i < Math.max(first.length, second.length); i += 1) {
    if (first[i]) one.next(first[i]!);
    if (second[i]) other.next(second[i]!);
  }
  one.complete();
  other.complete();
  expect(completed).toBe(true);
  return got;
}

describe('as an operator', () => {
  const values = { a: span(0, 2), b: span(2, 2, 1), A: span(0, 2), B: span(2, 2, 1) };
  const texts = { x: '0 1 | 0 1', y: '2 3 | 2 3' };

  it.each([
    ['never', '---', '---', '---', '^--!', '^--!'],
    ['both empty', '--|', '---|', '--|', '^-!', '^-!'],
    ['one', '-a-|', '--A-|', '--x|', '^--!', '^--!'],
    ['many', '-a-b|', '--A--B-|', '--x--(y|)', '^---!', '^----!'],
    ['one longer than the other', '-a-b--|', '--A|', '--x|', '^--!', '^--!'],
    ['an error of the first', '-a--#', '--A---', '--x-#', '^---!', '^---!'],
    ['an error of the second', '-a----', '--A-#', '--x-#', '^---!', '^---!'],
  ])('%s', (name, first, second, output, held, otherHeld) =>
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const [one, other] = [cold(first, values), cold(second, values)];
      const aligned = align(one, other); // one value, used twice
      const end = name === 'never' ? '---!' : undefined;
      for (let i = 0; i < 2; i += 1) expectObservable(aligned.pipe(pairs), end).toBe(output, texts);
      expectSubscriptions(one.subscriptions).toBe([held, held]);
      expectSubscriptions(other.subscriptions).toBe([otherHeld, otherHeld]);
    })(),
  );

  it(
    'leaves both when it is left early',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const [one, other] = [cold('-a-b-', values), cold('--A-B-', values)];
      expectObservable(align(one, other).pipe(pairs), '---!').toBe('--x-', texts);
      for (const input of [one, other]) expectSubscriptions(input.subscriptions).toBe('^--!');
    }),
  );

  it('pulls no more of a synchronous source than take asks for', () => {
    let pulled = 0;
    const endless = new Observable<Frame>((subscriber) => {
      for (let n = 0; n < 100_000 && !subscriber.closed; n += 1) {
        pulled += 1;
        subscriber.next(span(n, 1, n));
      }
    });
    align(merge(of(span(0, 5)), NEVER), endless)
      .pipe(take(2))
      .subscribe();
    expect(pulled).toBe(2);
  });
});

describe('joins', () => {
  const textsOf = (...given: Parameters<typeof pairsOf>) => {
    const texts: string[] = [];
    of(...pairsOf(...given))
      .pipe(pairs)
      .subscribe((text) => texts.push(text));
    return texts;
  };

  it.each<[string, Frame[], Frame[], string[]]>([
    ['frames of one time', [span(0, 2)], [span(0, 2)], ['0 1 | 0 1']],
    [
      'sample with sample',
      [span(0, 3), span(3, 3, 1)],
      [span(1, 3), span(4, 3, 1)],
      ['1 2 | 1 2', '3 | 3', '4 5 | 4 5'],
    ],
    ['frames of other lengths', [span(0, 6)], [span(0, 2), span(2, 4, 1)], ['0 1 | 0 1', '2 3 4 5 | 2 3 4 5']],
    ['nothing where one has none', [span(0, 2), span(6, 2, 3)], [span(0, 8)], ['0 1 | 0 1', '6 7 | 6 7']],
    ['nothing that never meets', [span(0, 2)], [span(10, 2)], []],
    [
      'what overlaps its own past, behind it',
      [span(0, 3), span(2, 2, 9)],
      [span(0, 5)],
      ['0 1 2 | 0 1 2', '2 3 | 3 4'],
    ],
  ])('%s', (_, first, second, expected) => expect(textsOf(first, second)).toEqual(expected));

  it('on timestamps that are rounded to ns, at any rate', () => {
    const rate = 2_400_000;
    const cut = (lengths: readonly number[], from: number) => {
      let at = from;
      return lengths.map((n, sequence) => {
        const values = numbers(n).map((i) => (at + i) % 30_000);
        const timestampNs = 1_700_000_000_000_000_000n + (BigInt(at) * 1_000_000_000n) / BigInt(rate);
        at += n;
        return counted(values, { timestampNs, sampleRate: rate, sequence });
      });
    };
    const got = pairsOf(cut([1000, 777, 3000, 5], 13), cut([50, 2000, 2000, 900], 0));
    for (const [first, second] of got) {
      expect(valuesOf(first)).toEqual(valuesOf(second));
      expect(first.timestampNs - second.timestampNs).toBeLessThanOrEqual(1n);
      expect(second.timestampNs - first.timestampNs).toBeLessThanOrEqual(1n);
    }
    expect(got.reduce((sum, [{ numSamples }]) => sum + numSamples, 0)).toBe(4782);
  });

  it('on timestamps that scatter, where it is told by how much', () => {
    const shaky = [0, 1.7, 4.2].map((ms, i) => ({
      ...span(2 * i, 2, i),
      timestampNs: BigInt(ms * 1e6),
    }));
    expect(textsOf(shaky, [span(0, 6)], { jitterMs: 0.5 })).toEqual(['0 1 | 0 1', '2 3 | 2 3', '4 5 | 4 5']);
  });

  it('of one time, also after a clock was set back, or one frame was far ahead', () => {
    const steady = [10_000, 12_000, 14_000, 16_000].map((ms, i) => span(ms, 2000, i));
    const setBack = [10_000, 12_000, 12_000, 14_000].map((ms, i) => span(ms, 2000, i));
    const astray = steady.map((one, i) => (i === 1 ? { ...one, timestampNs: 10n ** 18n } : one));
    const begins = (first: readonly Frame[], second: readonly Frame[]) =>
      pairsOf(first, second).map((pair) => pair.map((one) => [valuesOf(one)[0], one.numSamples]));
    const both = (...ms: readonly number[]) => ms.map((from) => [from, from].map((one) => [one, 2000]));
    expect(begins(steady, setBack)).toEqual(both(10_000, 12_000, 14_000));
    expect(begins(setBack, steady)).toEqual(both(10_000, 12_000, 14_000));
    expect(begins(astray, steady)).toEqual(both(10_000, 14_000, 16_000));
    expect(begins(steady, astray)).toEqual(both(10_000, 16_000)); // until its next frame comes, the far one may be right
  });

  it('frames that were stamped at once, after a pause of their sender', () => {
    const burst = [0, 500, 500, 500].map((ms, i) => ({
      ...span(500 * i, 500, i),
      timestampNs: BigInt(ms) * 1_000_000n,
    }));
    const pairs = pairsOf(burst, [span(0, 2000)]);
    expect(pairs.map((pair) => pair.map((one) => valuesOf(one)[0]))).toEqual(
      [0, 500, 1000, 1500].map((at) => [at, at]),
    );
  });

  it('views, not copies, with the metadata of each and one number for both', () => {
    const [one, other] = [span(0, 4), { ...span(2, 4), centerFreq: 5, streamId: 2, peer: 8 }];
    const [[first, second]] = pairsOf([one], [other]) as [[Frame, Frame]];
    expect(first.samples.buffer).toBe(one.samples.buffer);
    expect(second.samples.buffer).toBe(other.samples.buffer);
    expect(first).toMatchObject({ numSamples: 2, timestampNs: 2_000_000n, sequence: 0, streamId: 0 });
    expect(second).toMatchObject({ numSamples: 2, timestampNs: 2_000_000n, centerFreq: 5, streamId: 2, peer: 8 });
  });

  it('frames of other types; and leaves a number out at a gap', () => {
    const floats = (fromMs: number) => ({
      ...frame(new Float32Array(4), { sampleRate: 1000, timestampNs: BigInt(fromMs) * 1_000_000n }),
      sequence: fromMs,
    });
    const got = pairsOf([span(0, 10)], [floats(0), floats(2), floats(8)]);
    expect(got.map(([first, second]) => [first.sequence, second.sequence, second.sampleType])).toEqual([
      [0, 0, 'cf32'],
      [1, 1, 'cf32'],
      [3, 3, 'cf32'],
    ]);
  });
});

it('agrees with a slow model, sample by sample, on any cuts, gaps and skew', () => {
  const stream = fc.array(fc.record({ gap: fc.constantFrom(0, 0, 0, 1, 7), length: fc.integer({ min: 1, max: 9 }) }), {
    maxLength: 15,
  });
  const framesOf = (parts: readonly { gap: number; length: number }[], from: number) => {
    let at = from;
    let sequence = 0;
    return parts.map(({ gap, length }) => {
      at += gap;
      sequence += gap > 0 ? 2 : 1;
      const given = span(at, length, sequence);
      at += length;
      return given;
    });
  };
  fc.assert(
    fc.property(stream, stream, fc.nat(20), fc.nat(20), (parts, otherParts, from, otherFrom) => {
      const [first, second] = [framesOf(parts, from), framesOf(otherParts, otherFrom)];
      const times = new Set(second.flatMap(valuesOf));
      const both = first.flatMap(valuesOf).filter((time) => times.has(time));
      const got = pairsOf(first, second);
      expect(got.flatMap(([one]) => valuesOf(one))).toEqual(both);
      expect(got.flatMap(([, other]) => valuesOf(other))).toEqual(both);
      for (const [one, other] of got) {
        expect(one.timestampNs).toBe(BigInt(valuesOf(one)[0]!) * 1_000_000n);
        expect(other.timestampNs).toBe(one.timestampNs);
        expect(one.numSamples).toBe(other.numSamples);
      }
    }),
    { numRuns: 300 },
  );
});

it('joins other rates as many as fit, loses none, and keeps them less than a sample apart', () => {
  const cut = (lengths: readonly number[], rate: number) => {
    let at = 0;
    return lengths.map((n, sequence) => {
      const values = numbers(n).map((i) => at + i);
      const timestampNs = (BigInt(at) * 1_000_000_000n) / BigInt(rate);
      at += n;
      return counted(values, { timestampNs, sampleRate: rate, sequence });
    });
  };
  const lengths = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 20 });
  const rates = fc.constantFrom(1000, 2000, 441, 3, 48_000);
  fc.assert(
    fc.property(lengths, lengths, rates, rates, (one, other, rate, otherRate) => {
      const got = pairsOf(cut(one, rate), cut(other, otherRate));
      const [first, second] = [0, 1].map((i) => got.flatMap((pair) => valuesOf(pair[i as 0])));
      expect(first).toEqual(numbers(first!.length)); // all, once, in order
      expect(second).toEqual(numbers(second!.length));
      let [ends, otherEnds] = [0, 0];
      for (const [a, b] of got) {
        ends += a.numSamples / rate;
        otherEnds += b.numSamples / otherRate;
        expect(Math.abs(ends - otherEnds)).toBeLessThan(1 / Math.min(rate, otherRate) + 1e-9);
      }
      const both = Math.min(
        one.reduce((sum, n) => sum + n, 0) / rate,
        other.reduce((sum, n) => sum + n, 0) / otherRate,
      );
      expect(both - Math.max(ends, otherEnds)).toBeLessThan(1 / Math.min(rate, otherRate) + 1e-9);
    }),
    { numRuns: 300 },
  );
});

describe('demand', () => {
  const inboxOf = (count: number, fromMs = 0) => new Inbox(...numbers(count).map((n) => span(fromMs + 2 * n, 2, n)));

  it('holds both inputs back for the consumer', () => {
    const [one, other] = [inboxOf(20), inboxOf(20)];
    const stage = new Stage(3);
    const subscription = align(one.values, other.values, { maxBuffered: 2 }).pipe(stage.take()).subscribe();
    expect(stage.taken).toHaveLength(3);
    expect([one.read.length, other.read.length].every((reads) => reads >= 3 && reads <= 5)).toBe(true);
    stage.give(4);
    expect(stage.taken).toHaveLength(7);
    expect(stage.ungoverned).toEqual([]);
    stage.give(20);
    expect(stage.taken).toHaveLength(20);
    subscription.unsubscribe();
    expect([one.open, other.open]).toEqual([0, 0]);
  });

  it('holds one input back that is ahead, until the other has caught up', () => {
    const one = inboxOf(50);
    const other = new Inbox<Frame>();
    const { told, observer } = heard();
    align(one.values, other.values, { maxBuffered: 4 }).pipe(pairs).subscribe(observer);
    expect(one.read).toHaveLength(4);
    other.push(span(0, 2), span(2, 2, 1));
    expect(one.read).toHaveLength(6);
    expect(told).toEqual(['0 1 | 0 1', '2 3 | 2 3']);
    other.push(span(90, 2, 2)); // what is before that goes
    expect(one.read).toHaveLength(50);
    expect(told.at(-1)).toBe('90 91 | 90 91');
  });

  it('finds its consumer again from the timer of retry', () =>
    marbles(({ flush }) => {
      const [one, other] = [inboxOf(20), inboxOf(20)];
      let tries = 0;
      const failing = defer(() => ((tries += 1) === 1 ? throwError(() => new Error('failure')) : one.values));
      const stage = new Stage(1);
      const subscription = align(failing, other.values, { maxBuffered: 1 })
        .pipe(retry({ delay: 5 }), stage.take())
        .subscribe();
      asyncScheduler.schedule(() => {
        expect([tries, stage.taken.length, stage.ungoverned.length]).toEqual([2, 1, 0]);
        expect(one.read.length).toBeLessThanOrEqual(2);
        subscription.unsubscribe();
      }, 10);
      flush();
    })());
});

describe('a skew that the buffers do not hold is an error', () => {
  it('at once, where nobody is held back', () => {
    const one = new Subject<Frame>();
    const errors: unknown[] = [];
    align(one, NEVER, { maxBuffered: 3 }).subscribe({ error: (error: unknown) => errors.push(error) });
    for (const n of numbers(3)) one.next(span(2 * n, 2, n));
    expect(errors).toEqual([]);
    one.next(span(6, 2, 3));
    expect(errors).toEqual([expect.any(OverflowError)]);
    expect(errors[0]).toMatchObject({ code: 'ERR_OVERFLOW', limit: 3 });
    expect((errors[0] as Error).message).toBe(
      'align: more than 3 frames of the first input would wait for the second one',
    );
    expect(one.observed).toBe(false);
  });

  it('of branches that meet again, after stallMs, instead of a stall', () =>
    marbles(({ flush }) => {
      const inbox = new Inbox(...numbers(50).map((n) => span(2 * n, 2, n)));
      const source = inbox.values.pipe(share());
      const times: number[] = [];
      const late = source.pipe(skip(10));
      const own = { maxBuffered: 4, stallMs: 30 };
      align(source, late, own).subscribe({ error: () => times.push(asyncScheduler.now()) });
      flush();
      expect(times).toEqual([30]);
      expect(inbox.open).toBe(0);
    })());

  it('but not while the other brings something, though it does not meet', () =>
    marbles(({ flush }) => {
      const one = new Inbox(...numbers(5).map((n) => span(100 + 2 * n, 2, n)));
      const other = new Inbox<Frame>();
      const told: string[] = [];
      align(one.values, other.values, { maxBuffered: 4, stallMs: 30 }).subscribe({
        next: () => told.push(`pair ${asyncScheduler.now()}`),
        error: () => told.push(`error ${asyncScheduler.now()}`),
      });
      for (const n of numbers(5)) asyncScheduler.schedule(() => other.push(span(n, 1, n)), 20 + 20 * n);
      asyncScheduler.schedule(() => other.push(span(100, 2, 5)), 119);
      flush();
      expect(told).toEqual(['pair 119', 'error 150']); // looked at every 30 ms
    })());

  it('and not while it is the consumer who has no room', () =>
    marbles(({ flush }) => {
      const one = new Subject<Frame>();
      const stage = new Stage(0);
      const times: number[] = [];
      align(one, NEVER, { maxBuffered: 4, stallMs: 30 })
        .pipe(stage.take())
        .subscribe({ error: () => times.push(asyncScheduler.now()) });
      for (const n of numbers(4)) one.next(span(2 * n, 2, n));
      asyncScheduler.schedule(() => stage.give(1), 500);
      flush();
      expect(times).toEqual([510]);
    })());

  it('never, where stallMs is Infinity', () =>
    marbles(({ flush }) => {
      const { told, observer } = heard();
      const inbox = new Inbox(...numbers(50).map((n) => span(2 * n, 2, n)));
      const subscription = align(inbox.values, NEVER, { maxBuffered: 4, stallMs: Infinity }).subscribe(observer);
      flush();
      expect([told, inbox.read.length]).toEqual([[], 4]);
      subscription.unsubscribe();
    })());
});

it('keeps the order where the consumer feeds an input', () => {
  const [one, other] = [new Subject<Frame>(), new Subject<Frame>()];
  const { told, observer } = heard();
  align(one, other)
    .pipe(
      pairs,
      tap((text) => {
        if (text !== '0 1 | 0 1') return;
        one.next(span(2, 4, 1));
        other.next(span(2, 2, 1));
        other.next(span(4, 2, 2));
        one.complete();
      }),
    )
    .subscribe(observer);
  one.next(span(0, 2));
  other.next(span(0, 2));
  expect(told).toEqual(['0 1 | 0 1', '2 3 | 2 3', '4 5 | 4 5', 'complete']);
});

it('gives an error for a frame without a rate, and for what is none', () => {
  for (const given of [{ ...span(0, 2), sampleRate: 0 }, { ...span(0, 2), sampleRate: NaN }, {} as Frame]) {
    const errors: unknown[] = [];
    align(of(given), NEVER).subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toMatchObject([{ code: 'ERR_FRAME', message: expect.stringMatching(/^align/) }]);
  }
});

it('takes inputs that complete at once, with what they had', () => {
  const { told, observer } = heard();
  align(of(span(0, 2), span(2, 2, 1)), of(span(1, 2)).pipe(filter(() => true)))
    .pipe(pairs)
    .subscribe(observer);
  expect(told).toEqual(['1 | 1', '2 | 2', 'complete']);
  const second = new Subject<Frame>();
  align(EMPTY, second).subscribe(observer);
  expect(told.at(-1)).toBe('complete');
  expect(second.observed).toBe(false);
});

it('refuses wrong arguments at the call', () => {
  expect(() => align([] as never, NEVER)).toThrow(OptionError);
  expect(() => align(NEVER, undefined as never)).toThrow(
    /align: the second input must be an Observable, got undefined/,
  );
  expect(() => align(NEVER, NEVER, { maxBuffered: 0 })).toThrow(/maxBuffered/);
  expect(() => align(NEVER, NEVER, { jitterMs: -1 })).toThrow(/jitterMs/);
  expect(() => align(NEVER, NEVER, { stallMs: 0 })).toThrow(/stallMs/);
  expect(() => align(NEVER, NEVER, { skew: 0 } as never)).toThrow(/unknown option/);
});
