import { range, map, take, tap, type OperatorFunction } from 'rxjs';
import { type Frame, type FrameOptions, frame } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { Inbox, Stage } from '../demand/stages.js';
import { marbles } from './marbles.js';

/** A frame of ci16 samples whose I are the numbers given and whose Q are their negatives. */
export function counted(
  values: readonly number[],
  { sequence = 0, peer, ...options }: FrameOptions<'ci16'> & { sequence?: number; peer?: number } = {},
): Frame<'ci16'> {
  const samples = new Int16Array(values.flatMap((value) => [value, -value]));
  const made = frame(samples, { timestampNs: 0n, ...options });
  return peer === undefined ? { ...made, sequence } : { ...made, sequence, peer };
}

/** The I of each sample, as `counted` made them. */
export const valuesOf = ({ samples }: Frame): number[] => [...samples].filter((_, i) => i % 2 === 0);

/** What every operator does that gives one frame for each that comes, at once. */
export function behavesAsOperator(
  operator: OperatorFunction<Frame<'ci16'>, Frame>,
  expected: (given: Frame<'ci16'>, index: number) => Frame = (given) => given,
): void {
  const letters = Object.fromEntries(Array.from('abcdef').map((letter, i) => [letter, counted([i], { sequence: i })]));
  const given = Object.fromEntries(Object.entries(letters).map(([letter, f], i) => [letter, expected(f, i)]));

  describe('as an operator', () => {
    it.each([
      ['never', '--- ', '---  ', '^--!  '],
      ['empty', '--| ', '--|  ', '^-!   '],
      ['one', '-a-| ', '-a-| ', '^--!  '],
      ['many', '-ab(cdef)-|', '-ab(cdef)-|', '^---------!'],
      ['an error', '-a-#', '-a-# ', '^--!  '],
    ])('%s, twice with one value', (name, source, output, held) =>
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        for (const input of [cold(source.trim(), letters), cold(source.trim(), letters)]) {
          expectObservable(input.pipe(operator), name === 'never' ? '---!' : undefined).toBe(output.trim(), given);
          expectSubscriptions(input.subscriptions).toBe(held.trim());
        }
      })(),
    );

    it(
      'leaves its source when it is left early',
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const input = cold('-a-b--|', letters);
        expectObservable(input.pipe(operator), '--!').toBe('-a', given);
        expectSubscriptions(input.subscriptions).toBe('^-!');
      }),
    );

    it('pulls no more of a synchronous source than take asks for', () => {
      let pulled = 0;
      range(0, 100_000)
        .pipe(
          tap(() => (pulled += 1)),
          map((n) => counted([1], { sequence: n })),
          operator,
          take(3),
        )
        .subscribe();
      expect(pulled).toBe(3);
    });

    it('gives an error for what is no frame', () => {
      for (const value of [undefined, 1, {}, { samples: [1] }]) {
        const errors: unknown[] = [];
        new Inbox(value as never).values.pipe(operator).subscribe({ error: (error: unknown) => errors.push(error) });
        expect(errors).toHaveLength(1);
      }
    });

    it('lets demand cross', () => {
      const inbox = new Inbox(...Array.from({ length: 20 }, (_, i) => counted([i], { sequence: i })));
      const stage = new Stage(2);
      const subscription = inbox.values.pipe(operator, stage.take()).subscribe();
      expect(inbox.read).toHaveLength(2);
      stage.give(3);
      expect(inbox.read).toHaveLength(5);
      expect(stage.taken).toHaveLength(5);
      expect(stage.ungoverned).toEqual([]);
      subscription.unsubscribe();
      expect(inbox.open).toBe(0);
    });
  });
}
