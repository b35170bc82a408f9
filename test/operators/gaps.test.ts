import fc from 'fast-check';
import { from, Subject } from 'rxjs';
import { demand, type Gap, gaps, OptionError } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { Inbox, Stage } from '../demand/stages.js';
import { behavesAsOperator, counted } from '../helpers/signals.js';

behavesAsOperator(gaps({ onGap: () => undefined }));

/** The gaps that a stream of such numbers shows. */
function heardOf(numbers: readonly (number | { sequence: number; streamId?: number; peer?: number })[], most?: number) {
  const heard: Gap[] = [];
  const frames = numbers.map((n) => counted([0], typeof n === 'number' ? { sequence: n } : n));
  from(frames)
    .pipe(gaps({ onGap: (gap) => heard.push(gap), maxStreams: most }))
    .subscribe();
  return heard;
}

const short = (numbers: readonly number[]) =>
  heardOf(numbers).map(({ kind, sequence, missing }) => `${kind} ${sequence}${missing ? ` (${missing})` : ''}`);

describe('tells', () => {
  it.each<[string, number[], string[]]>([
    ['nothing of what follows', [0, 1, 2, 3], []],
    ['nothing of a late joiner', [7, 8], []],
    ['what is missing', [0, 1, 4, 5, 7], ['missing 4 (2)', 'missing 7 (1)']],
    ['what is repeated', [0, 1, 1, 0, 2], ['repeated 1', 'repeated 0']],
    ['what comes late', [0, 2, 1, 3], ['missing 2 (1)', 'reordered 1']],
    ['what comes late, and again', [0, 2, 1, 1], ['missing 2 (1)', 'reordered 1', 'repeated 1']],
    ['what came before the first', [5, 3], ['reordered 3']],
    ['a sender that counts anew', [5000, 0, 1, 1], ['restarted 0', 'repeated 1']],
    ['a leap, and what comes late after it', [0, 1_000_000, 999_999], ['missing 1000000 (999999)', 'reordered 999999']],
    [
      'what comes late, long after its place was taken by another',
      [...Array.from({ length: 1101 }, (_, n) => n), 1106, 1103, 1103],
      ['missing 1106 (5)', 'reordered 1103', 'repeated 1103'],
    ],
    ['the highest number', [2 ** 53 - 2, 2 ** 53 - 1, 2 ** 53 - 1], ['repeated 9007199254740991']],
  ])('%s', (_, numbers, told) => expect(short(numbers)).toEqual(told));

  it('of each stream of each peer for itself', () => {
    const numbers = [0, 1, 2].flatMap((sequence) => [
      { sequence, streamId: 1 },
      { sequence, streamId: 2 },
      { sequence, streamId: 1, peer: 7 },
    ]);
    expect(heardOf(numbers)).toEqual([]);
    expect(heardOf([...numbers, { sequence: 5, streamId: 2 }, { sequence: 4, streamId: 1, peer: 7 }])).toEqual([
      { kind: 'missing', peer: undefined, streamId: 2, sequence: 5, expected: 3, missing: 2 },
      { kind: 'missing', peer: 7, streamId: 1, sequence: 4, expected: 3, missing: 1 },
    ]);
  });

  it('of so many streams at most: the one that was silent for longest makes way', () => {
    const begin = [1, 2, 3].map((streamId) => ({ sequence: 0, streamId }));
    expect(heardOf([...begin, { sequence: 2, streamId: 1 }], 2)).toEqual([]); // forgotten
    expect(heardOf([...begin, { sequence: 2, streamId: 2 }], 2)).toMatchObject([{ streamId: 2, missing: 1 }]);
  });
});

it('agrees with a slow model on anything within its window', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ sequence: fc.nat(60), streamId: fc.nat(2) }), { maxLength: 100 }), (numbers) => {
      const came = new Map<number, number[]>();
      const expected = numbers.flatMap(({ sequence, streamId }) => {
        const before = came.get(streamId) ?? [];
        came.set(streamId, [...before, sequence]);
        if (before.length === 0) return [];
        const next = Math.max(...before) + 1;
        if (sequence === next) return [];
        if (sequence > next) return [{ kind: 'missing', streamId, sequence, missing: sequence - next }];
        return [{ kind: before.includes(sequence) ? 'repeated' : 'reordered', streamId, sequence, missing: 0 }];
      });
      expect(heardOf(numbers)).toMatchObject(expected);
      expect(heardOf(numbers)).toHaveLength(expected.length);
    }),
  );
});

it('agrees with a slow model across the borders of its window', () => {
  const steps = fc.array(fc.integer({ min: -1000, max: 1500 }), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (leaps) => {
      const came = new Set<number>();
      let next = 5000;
      const numbers: number[] = [];
      const expected: string[] = [];
      for (const leap of leaps) {
        const n = next + leap;
        if (numbers.length > 0 && n !== next) {
          expected.push(n > next ? 'missing' : came.has(n) ? 'repeated' : 'reordered');
        }
        numbers.push(n);
        came.add(n);
        next = numbers.length === 1 ? n + 1 : Math.max(next, n + 1);
      }
      expect(heardOf(numbers).map(({ kind }) => kind)).toEqual(expected);
    }),
  );
});

it('tells a Subject, before the frame, and holds nothing that is subscribed there', () => {
  const events = new Subject<Gap>();
  const told: string[] = [];
  const stranger = new Inbox(1, 2, 3);
  events.subscribe(({ kind }) => {
    told.push(`${kind} ${demand()?.hasRoom()}`);
    stranger.values.subscribe();
  });
  const inbox = new Inbox(counted([1]), counted([2], { sequence: 2 }));
  inbox.values.pipe(gaps({ onGap: events }), new Stage(2).take()).subscribe((f) => told.push(`frame ${f.sequence}`));
  expect(told).toEqual(['frame 0', 'missing true', 'frame 2']);
  expect(stranger.read).toEqual([1, 2, 3]);
});

it('gives what onGap throws as an error, and leaves its source', () => {
  const source = new Subject<ReturnType<typeof counted>>();
  const errors: unknown[] = [];
  const failure = new Error('failure');
  const onGap = () => {
    throw failure;
  };
  source.pipe(gaps({ onGap })).subscribe({ error: (error: unknown) => errors.push(error) });
  source.next(counted([0]));
  expect(errors).toEqual([]);
  source.next(counted([0], { sequence: 9 }));
  expect(errors).toEqual([failure]);
  expect(source.observed).toBe(false);
});

it('refuses wrong options at the call', () => {
  expect(() => gaps(undefined as never)).toThrow(OptionError);
  expect(() => gaps({} as never)).toThrow(/gaps: onGap must be a function or an observer/);
  expect(() => gaps({ onGap: 1 } as never)).toThrow(/onGap/);
  expect(() => gaps({ onGap: () => undefined, maxStreams: 0 })).toThrow(/maxStreams.*from 1/);
  expect(() => gaps({ ongap: () => undefined } as never)).toThrow(/did you mean 'onGap'/);
});
