import { range, Subject, Subscription, tap } from 'rxjs';
import { expect, it } from 'vitest';
import { chain } from '../../src/rx/chain.js';
import { heard } from '../demand/stages.js';

it('hands on what it is told', () => {
  for (const end of ['complete', 'error'] as const) {
    const { told, observer } = heard();
    const source = new Subject<number>();
    source.subscribe(chain(new Subscription(), observer));
    source.next(1);
    source.next(2);
    if (end === 'error') source.error(new Error('failure'));
    else source.complete();
    expect(told).toEqual(['1', '2', end === 'error' ? 'error failure' : 'complete']);
  }
});

it('ends with its owner, in the middle of a synchronous source too', () => {
  let pulled = 0;
  const owner = new Subscription();
  const { told, observer } = heard();
  range(0, 1_000_000)
    .pipe(
      tap((n) => {
        pulled += 1;
        if (n === 2) owner.unsubscribe();
      }),
    )
    .subscribe(chain(owner, observer));
  expect(told).toEqual(['0', '1']);
  expect(pulled).toBe(3);
});

it('is ended from the start where its owner has ended', () => {
  const owner = new Subscription();
  owner.unsubscribe();
  const source = new Subject<number>();
  source.subscribe(chain(owner, heard().observer));
  expect(source.observed).toBe(false);
});

it('tells of the end, then leaves its source, and its owner forgets it', () => {
  const owner = new Subscription();
  for (const end of ['complete', 'error'] as const) {
    const order: string[] = [];
    const source = new Subject<number>();
    const subscriber = chain<number>(owner, {
      next: () => undefined,
      error: () => order.push('error'),
      complete: () => order.push('complete'),
    });
    subscriber.add(() => order.push('left'));
    source.subscribe(subscriber);
    if (end === 'error') source.error(new Error('failure'));
    else source.complete();
    expect(order).toEqual([end, 'left']);
  }
  let ended = 0;
  const last = chain(owner, heard().observer);
  last.add(() => (ended += 1));
  last.unsubscribe();
  owner.unsubscribe();
  expect(ended).toBe(1);
});
