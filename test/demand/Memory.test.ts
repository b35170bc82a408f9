import { concatMap, ignoreElements, mergeMap, repeat, retry, Subscription, tap, throwError, timer } from 'rxjs';
import { fromIterable } from 'rxzmq';
import { describe, expect, it, vi } from 'vitest';
import { Memory } from '../../src/demand/Memory.js';
import { under } from '../../src/demand/under.js';
import { untracked } from '../../src/demand/untracked.js';
import { marbles } from '../helpers/marbles.js';
import { Inbox, numbers, Places, Stage } from './stages.js';

vi.mock('../../src/rx/defaultClock.js', async () => ({
  defaultClock: (await import('./stages.js')).standing, // a slow machine must not end a turn
}));

describe('find', () => {
  it('gives the current demand, none where there is none', () => {
    const memory = new Memory();
    const places = new Places();
    expect(memory.find()).toBeUndefined();
    expect(under(places, () => memory.find())).toBe(places);
  });

  it('gives the one it knows when nobody says', () => {
    const memory = new Memory();
    const places = new Places();
    under(places, () => memory.find());
    under(places, () => memory.find());
    expect(memory.find()).toBe(places);
    expect(memory.find()).toBe(places);
  });

  it('gives none when it knows two, and the other one once the first has ended', () => {
    const memory = new Memory();
    const [a, b] = [new Places(), new Places()];
    under(a, () => memory.find());
    expect(under(b, () => memory.find())).toBe(b);
    expect(memory.find()).toBeUndefined();
    a.ended = true;
    expect(memory.find()).toBe(b);
    b.ended = true;
    expect(memory.find()).toBeUndefined();
  });

  it('gives none where that was said, and goes on knowing', () => {
    const memory = new Memory();
    const places = new Places();
    under(places, () => {
      memory.find();
      expect(untracked(() => memory.find())).toBeUndefined();
      expect(memory.find()).toBe(places);
    });
    expect(untracked(() => memory.find())).toBeUndefined();
    expect(memory.find()).toBe(places);
  });

  it('keeps to each its own', () => {
    const places = new Places();
    under(places, () => new Memory().find());
    expect(new Memory().find()).toBeUndefined();
  });
});

describe('an Observable that is subscribed again from a timer', () => {
  it(
    'by retry({ delay }) is held back as before',
    marbles(({ expectObservable, flush }) => {
      const inbox = new Inbox(...numbers(100));
      const stage = new Stage(2);
      let fails = true;
      const source = inbox.values.pipe(
        concatMap((value) => {
          if (value === 1 && fails) {
            fails = false;
            return throwError(() => new Error('once'));
          }
          return [value];
        }),
      );
      expectObservable(source.pipe(retry({ delay: 10 }), stage.take()), '20ms !').toBe('a 9ms b', { a: 0, b: 2 });
      flush();
      expect(inbox.subscribed).toBe(2);
      expect(inbox.read).toEqual([0, 1, 2]);
      expect(stage.ungoverned).toEqual([]);
    }),
  );

  it(
    'by repeat({ delay }) is held back as before',
    marbles(({ expectObservable, flush }) => {
      let made = 0;
      const source = fromIterable({
        *[Symbol.iterator]() {
          for (let i = 0; i < 2; i += 1) yield made++;
        },
      });
      const stage = new Stage(3);
      expectObservable(source.pipe(repeat({ delay: 10 }), stage.take()), '50ms !').toBe('(ab) 6ms c', {
        a: 0,
        b: 1,
        c: 2,
      });
      flush();
      expect(made).toBe(3);
      expect(stage.ungoverned).toEqual([]);
    }),
  );

  it(
    'by a timer of the user’s is nobody’s, if two consumers have it',
    marbles(({ expectObservable, flush }) => {
      const inbox = new Inbox(...numbers(10));
      const stages = [new Stage(1), new Stage(1)];
      const all = new Subscription();
      for (const stage of stages) all.add(inbox.values.pipe(stage.take()).subscribe());
      const read: number[] = [];
      expectObservable(
        timer(5).pipe(
          mergeMap(() => inbox.values.pipe(tap((n) => read.push(n)))),
          ignoreElements(),
        ),
      ).toBe('-');
      flush();
      expect(read).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
      expect(stages.map(({ taken }) => taken)).toEqual([[0], [1]]);
      all.unsubscribe();
    }),
  );
});
