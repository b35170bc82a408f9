import fc from 'fast-check';
import { asyncScheduler, map, of, range, Subject, take, tap, timer } from 'rxjs';
import { type Frame, fromIterable, OptionError, pace } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { heard, Inbox, numbers, Stage } from '../demand/stages.js';
import { marbles } from '../helpers/marbles.js';
import { counted } from '../helpers/signals.js';

/** So many samples, of 1 ms each unless told otherwise. */
const lasting = (samples: number, sampleRate = 1000, sequence = 0): Frame<'ci16'> =>
  counted(numbers(samples), { sampleRate, sequence });

const [a, b, c, d] = [3, 3, 3, 3].map((ms, i) => lasting(ms, 1000, i));
const letters = { a: a!, b: b!, c: c!, d: d! };

describe('as an operator', () => {
  const paced = pace<Frame<'ci16'>>(); // one value, used throughout

  it.each([
    ['never', '--- ', '---  ', '^--!  '],
    ['empty', '--| ', '--|  ', '^-!   '],
    ['one', '-a-| ', '-a-| ', '^--!  '],
    ['many', '(abcd|)', 'a--b--c--(d|)', '(^!)'],
    ['late ones', '-a----b-c-d-|', '-a----b-c-d-|', '^-----------!'],
    ['completion while one waits', '-ab|', '-a--(b|)', '^--!'],
    ['an error', '-abc#', '-a--#', '^---!'],
  ])('%s', (name, source, expected, held) =>
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      for (const input of [cold(source.trim(), letters), cold(source.trim(), letters)]) {
        const end = name === 'never' ? '---!' : undefined;
        expectObservable(input.pipe(paced), end).toBe(expected.trim(), letters);
        expectSubscriptions(input.subscriptions).toBe(held.trim());
      }
    })(),
  );

  it(
    'leaves its source and its timer when it is left early',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const input = cold('(abcd)', letters);
      expectObservable(input.pipe(paced), '----!').toBe('a--b', letters);
      expectSubscriptions(input.subscriptions).toBe('^---!');
    }),
  );

  it('pulls no more of a synchronous source than take asks for', () => {
    let pulled = 0;
    range(0, 100_000)
      .pipe(
        tap(() => (pulled += 1)),
        map(() => lasting(1, 1e12)),
        pace(),
        take(1),
      )
      .subscribe();
    expect(pulled).toBe(1);
  });
});

/** When the frames of a source are emitted, in virtual ms. */
function timesOf(frames: readonly Frame[], options = {}): number[] {
  const times: number[] = [];
  marbles(({ flush }) => {
    fromIterableNow(frames)
      .pipe(pace(options))
      .subscribe(() => times.push(asyncScheduler.now()));
    flush();
  })();
  return times;
}

/** All at once, but read as there is room. */
const fromIterableNow = (frames: readonly Frame[]) => new Inbox(...frames).end().values;

describe('the rate', () => {
  it('is that of the samples, the first at once', () => {
    expect(timesOf([5, 2, 10, 1].map((n) => lasting(n)))).toEqual([0, 5, 7, 17]);
  });

  it('may be another for each frame', () => {
    expect(timesOf([lasting(10, 1000), lasting(10, 2000), lasting(10, 500), lasting(1)])).toEqual([0, 10, 15, 35]);
  });

  it('may be faster or slower', () => {
    const frames = [10, 10, 10].map((n) => lasting(n));
    expect(timesOf(frames, { speed: 2 })).toEqual([0, 5, 10]);
    expect(timesOf(frames, { speed: 0.5 })).toEqual([0, 20, 40]);
  });

  it('may be given for frames that say none', () => {
    const frames = [lasting(10, 0), lasting(10, 2000), lasting(10, 0)];
    expect(timesOf(frames, { sampleRate: 1000 })).toEqual([0, 10, 15]);
  });

  it('is held for any frames, without drift', () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(lengths, fc.constantFrom(1000, 44_100, 3000, 0.5e3), (all, rate) => {
        const frames = all.map((n) => ({ ...lasting(n || 1, rate), samples: new Int16Array(2 * n) }));
        const due = all.map((_, i) => (all.slice(0, i).reduce((sum, n) => sum + n, 0) * 1000) / rate);
        timesOf(frames).forEach((time, i) => expect(time).toBeCloseTo(due[i]!, 6));
      }),
    );
  });

  it('is held by what comes late: those after it are not late too', () =>
    marbles(({ hot, expectObservable }) => {
      const input = hot('  a---b-c-d---|', letters);
      const expected = '   a---b-c--d--|';
      expectObservable(input.pipe(pace())).toBe(expected, letters);
    })());

  it('does not make up for a pause of more than 100 ms', () =>
    marbles(({ hot, expectObservable }) => {
      const input = hot('  a 200ms (bcd|)', letters);
      const expected = '   a 200ms b--c--(d|)';
      expectObservable(input.pipe(pace())).toBe(expected, letters);
    })());
});

describe('a frame without a rate', () => {
  it.each([0, NaN, -1, Infinity])('of %d is an error', (sampleRate) => {
    const { told, observer } = heard();
    of(letters.a, { ...letters.b, sampleRate })
      .pipe(
        map((given) => given as Frame),
        pace(),
        map(({ sequence }) => sequence),
      )
      .subscribe(observer);
    expect(told[0]).toBe('0');
    expect(told[1]).toMatch(/^error pace: sampleRate must be above 0 and finite, got /);
    expect(told[1]!.includes('give option sampleRate')).toBe(sampleRate === 0);
  });

  it('so is what is no frame', () => {
    const { told, observer } = heard();
    of({} as Frame)
      .pipe(pace())
      .subscribe(observer);
    expect(told).toEqual([expect.stringMatching(/^error pace: a value must be a frame/)]);
  });
});

describe('a source that asks', () => {
  it('is held back: one frame waits', () => {
    marbles(({ flush }) => {
      const inbox = new Inbox(...numbers(10).map((n) => lasting(10, 1000, n)));
      const subscription = inbox.values.pipe(pace()).subscribe();
      expect(inbox.read).toHaveLength(2);
      asyncScheduler.schedule(() => expect(inbox.read).toHaveLength(4), 25);
      asyncScheduler.schedule(() => subscription.unsubscribe(), 26);
      flush();
      expect(inbox.read).toHaveLength(4);
      expect(inbox.open).toBe(0);
    })();
  });

  it('is held back by the consumer as well, and gives nothing unasked', () => {
    marbles(({ flush }) => {
      const inbox = new Inbox(...numbers(10).map((n) => lasting(1, 1000, n)));
      const stage = new Stage(3);
      const subscription = inbox.values.pipe(pace(), stage.take()).subscribe();
      asyncScheduler.schedule(() => {
        expect(stage.taken).toHaveLength(3);
        expect(inbox.read).toHaveLength(3);
        stage.give(2);
      }, 50);
      asyncScheduler.schedule(() => subscription.unsubscribe(), 100);
      flush();
      expect(stage.taken).toHaveLength(5);
      expect(stage.ungoverned).toEqual([]);
    })();
  });

  it('may be a generator', async () => {
    let made = 0;
    function* frames() {
      for (;;) yield lasting(1, 1000, (made += 1));
    }
    const seen: number[] = [];
    await new Promise<void>((resolve) => {
      fromIterable(frames())
        .pipe(pace(), take(5))
        .subscribe({ next: ({ sequence }) => seen.push(sequence), complete: resolve });
    });
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    expect(made).toBeLessThanOrEqual(6);
  });
});

it(
  'lets so many wait that nobody held back, then it is an error',
  marbles(({ cold, expectObservable }) => {
    const message = expect.stringMatching(/^pace: more than 2 values wait/);
    const paced = cold('(abcd)', letters).pipe(pace({ maxBuffered: 2 }));
    expectObservable(paced).toBe('(a#)', letters, expect.objectContaining({ code: 'ERR_OVERFLOW', message }));
  }),
);

it('may be fed by its consumer', () =>
  marbles(({ expectObservable }) => {
    const source = new Subject<Frame<'ci16'>>();
    const looped = source.pipe(
      pace(),
      tap((given) => {
        if (given === letters.a) source.next(letters.b);
        if (given === letters.b) source.next(letters.c);
        if (given === letters.c) source.complete();
      }),
    );
    timer(1).subscribe(() => source.next(letters.a));
    expectObservable(looped).toBe('-a--b--(c|)', letters);
  })());

it('refuses wrong options at the call', () => {
  for (const speed of [0, -1, NaN, Infinity, '2']) expect(() => pace({ speed } as never)).toThrow(OptionError);
  expect(() => pace({ sampleRate: 0 })).toThrow(/sampleRate.*must be a finite number above 0/);
  expect(() => pace({ rate: 1 } as never)).toThrow(/unknown option/);
});
