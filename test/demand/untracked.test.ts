import { mergeMap, Observable, of, Subscription, tap } from 'rxjs';
import { demand, pacedMap, untracked } from 'rxzmq';
import { expect, it } from 'vitest';
import { under } from '../../src/demand/under.js';
import { Inbox, numbers, Places, Stage } from './stages.js';

it('gives what the function gives, and throws what it throws', () => {
  expect(untracked(() => 7)).toBe(7);
  expect(() =>
    untracked(() => {
      throw new Error('thrown');
    }),
  ).toThrow('thrown');
});

it('hides the current demand, and restores it', () => {
  const places = new Places();
  under(places, () => {
    untracked(() => {
      expect(demand()).toBeUndefined();
      under(places, () => expect(demand()).toBe(places)); // a consumer in there is one as ever
      expect(demand()).toBeUndefined();
    });
    expect(demand()).toBe(places);
  });
});

it('lets a source that is subscribed in a pipeline run at its own speed', () => {
  const [held, free] = [new Inbox(...numbers(10)), new Inbox(...numbers(10))];
  const stage = new Stage(1);
  const all = new Subscription();
  const open = (values: Observable<number>): void => all.add(values.subscribe());
  all.add(
    new Inbox('go').values
      .pipe(
        tap(() => {
          open(held.values);
          untracked(() => open(free.values));
        }),
        stage.take(),
      )
      .subscribe(),
  );
  expect(free.read).toEqual(numbers(10));
  expect(held.read).toEqual([]); // it waits for the stage, as 'go' took the only place
  stage.give();
  expect(held.read).toEqual(numbers(10)); // its values go elsewhere, and take no place
  all.unsubscribe();
});

it('frees what a consumer in there announces from what stands below', () => {
  const stage = new Stage(0);
  const inner = new Inbox(...numbers(5));
  const done: number[] = [];
  const work = inner.values.pipe(pacedMap((n) => of(n)));
  const source = new Observable<never>(() => untracked(() => work.subscribe((n) => done.push(n))));
  const subscription = source.pipe(stage.take()).subscribe();
  expect(done).toEqual(numbers(5));
  subscription.unsubscribe();
});

it('is for what it subscribes, not for what subscribes later', () => {
  const inbox = new Inbox(...numbers(10));
  const stage = new Stage(1);
  const source = untracked(() => inbox.values.pipe(mergeMap((n) => of(n))));
  const subscription = source.pipe(stage.take()).subscribe();
  expect(inbox.read).toEqual([0]);
  subscription.unsubscribe();
});
