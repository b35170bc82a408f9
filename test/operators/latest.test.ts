import { range, Subject, take, tap } from 'rxjs';
import { latest } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { heard, Inbox, numbers, Stage } from '../demand/stages.js';
import { marbles } from '../helpers/marbles.js';

describe('as an operator, with a consumer that takes all', () => {
  const newest = latest<string>(); // one value, used throughout

  it.each([
    ['never', '--- ', '---  ', '^--!  '],
    ['empty', '--| ', '--|  ', '^-!   '],
    ['one', '-a-| ', '-a-| ', '^--!  '],
    ['many', '-ab(cdef)-|', '-ab(cdef)-|', '^---------!'],
    ['an error', '-a-#', '-a-# ', '^--!  '],
  ])('%s', (name, source, expected, held) =>
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const input = cold(source.trim());
      expectObservable(input.pipe(newest), name === 'never' ? '---!' : undefined).toBe(expected.trim());
      expectSubscriptions(input.subscriptions).toBe(held.trim());
    })(),
  );

  it('pulls no more of a synchronous source than take asks for', () => {
    const [pulled, { told, observer }] = [heard(), heard()];
    range(0, 1_000_000).pipe(tap(pulled.observer), latest(), take(2)).subscribe(observer);
    expect(pulled.told).toEqual(['0', '1']);
    expect(told).toEqual(['0', '1', 'complete']);
  });
});

describe('a consumer that has room now and then', () => {
  it(
    'gets the newest, once',
    marbles(({ hot, cold, run, expectObservable, expectSubscriptions }) => {
      const input = cold('-a-b-c-d-e-----f--|');
      const room = hot('  ----------1-1-----1'); // and one from the beginning
      const output = '    -a--------e----f--|';
      const stage = new Stage(1);
      run(room.pipe(tap(() => stage.give())));
      expectObservable(input.pipe(latest(), stage.take())).toBe(output);
      expectSubscriptions(input.subscriptions).toBe('^-----------------!');
    }),
  );

  it('gets the last one before completion, and an error at once', () => {
    for (const failing of [false, true]) {
      const source = new Subject<number>();
      const stage = new Stage(0);
      const { told, observer } = heard();
      source.pipe(latest(), stage.take()).subscribe(observer);
      for (const n of numbers(5)) source.next(n);
      if (failing) source.error(new Error('failure'));
      else source.complete();
      expect(told).toEqual(failing ? ['error failure'] : []);
      stage.give();
      expect(told).toEqual(failing ? ['error failure'] : ['4', 'complete']);
    }
  });

  it('holds back no source, though it asks', () => {
    const inbox = new Inbox(...numbers(1000));
    const stage = new Stage(1);
    const subscription = inbox.values.pipe(latest(), stage.take()).subscribe();
    expect(inbox.read).toHaveLength(1000);
    expect(stage.taken).toEqual([0]);
    stage.give(2);
    inbox.push(1000);
    expect(stage.taken).toEqual([0, 999, 1000]);
    expect(stage.ungoverned).toEqual([]);
    subscription.unsubscribe();
  });

  it('leaves nothing behind when it leaves', () => {
    const source = new Subject<number>();
    const stage = new Stage(0);
    const subscription = source.pipe(latest(), stage.take()).subscribe();
    source.next(1);
    subscription.unsubscribe();
    stage.give();
    expect(stage.taken).toEqual([]);
    expect(source.observed).toBe(false);
  });

  it('and feeds the source while it is called, gets the newest of that', () => {
    const source = new Subject<number>();
    const seen: number[] = [];
    const subscription = source.pipe(latest()).subscribe((n) => {
      seen.push(n);
      if (n === 0) for (const m of [1, 2, 3]) source.next(m);
    });
    source.next(0);
    expect(seen).toEqual([0, 3]);
    subscription.unsubscribe();
  });
});
