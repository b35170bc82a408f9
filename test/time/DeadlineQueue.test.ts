import { expect, it, vi } from 'vitest';
import { DeadlineQueue, type Timed } from '../../src/time/DeadlineQueue.js';
import { FakeClock } from '../helpers/FakeClock.js';

interface Item extends Timed<Item> {
  readonly name: string;
}

const item = (name: string): Item => ({ name, since: 0 });

function deadlines(ms: number) {
  const clock = new FakeClock();
  const after = vi.spyOn(clock, 'after');
  const reached: string[] = [];
  const queue: DeadlineQueue<Item> = new DeadlineQueue(clock, ms, ({ name }) => reached.push(name));
  return { clock, after, reached, queue };
}

it('reaches each at its own time, in their order', () => {
  const { clock, reached, queue } = deadlines(10);
  queue.add(item('a'));
  clock.advance(3);
  queue.add(item('b'));
  queue.add(item('c'));
  clock.advance(6);
  expect(reached).toEqual([]);
  clock.advance(1);
  expect(reached).toEqual(['a']);
  clock.advance(2);
  expect(reached).toEqual(['a']);
  clock.advance(1);
  expect(reached).toEqual(['a', 'b', 'c']);
});

it('has one timer, however many come and go', () => {
  const { clock, after, reached, queue } = deadlines(100);
  const last = item('last');
  queue.add(last);
  for (let i = 0; i < 90; i += 1) {
    const next = item(`${i}`);
    queue.add(next);
    if (i % 2 === 0) clock.advance(1);
    queue.delete(next);
  }
  expect([after.mock.calls.length, clock.timerCount]).toEqual([1, 1]);
  clock.advance(55);
  expect(reached).toEqual(['last']);
});

it('needs no new timer for the next that is added in the same turn, and leaves none after it', () => {
  const { clock, after, queue } = deadlines(10);
  for (let i = 0; i < 5; i += 1) {
    const only = item('only');
    queue.add(only);
    queue.delete(only);
  }
  expect(after).toHaveBeenCalledOnce();
  expect(clock.timerCount).toBe(1);
  clock.turn();
  expect([clock.timerCount, clock.soonCount]).toEqual([0, 0]);
});

it('starts anew for one that is added again', () => {
  const { clock, reached, queue } = deadlines(10);
  const again = item('again');
  queue.add(again);
  queue.add(item('other'));
  clock.advance(8);
  queue.add(again);
  clock.advance(2);
  expect(reached).toEqual(['other']);
  clock.advance(8);
  expect(reached).toEqual(['other', 'again']);
});

it('judges none that was due only after the loop began to look for I/O', () => {
  const { clock, reached, queue } = deadlines(10);
  queue.add(item('a'));
  clock.spend(2);
  queue.add(item('b'));
  clock.spend(4);
  queue.add(item('c'));
  clock.spend(7); // a blocked loop: a and b are due
  const { soon } = clock;
  vi.spyOn(clock, 'afterIO').mockImplementation((callback) => {
    soon(() => {
      clock.spend(4); // and c, while what has come is read
      callback();
    });
  });
  clock.turn();
  expect(reached).toEqual(['a', 'b']);
  clock.turn();
  expect(reached).toEqual(['a', 'b', 'c']);
});

it('goes on where one that is reached throws, adds or closes', () => {
  const clock = new FakeClock();
  const reached: string[] = [];
  const queue: DeadlineQueue<Item> = new DeadlineQueue(clock, 5, ({ name }) => {
    reached.push(name);
    if (name === 'throws') throw new Error('failure');
    if (name === 'adds') queue.add(item('added'));
    if (name === 'closes') queue.close();
  });
  for (const name of ['throws', 'adds', 'x']) queue.add(item(name));
  expect(() => clock.advance(5)).toThrow('failure');
  clock.advance(1);
  expect(reached).toEqual(['throws', 'adds', 'x']);
  clock.advance(5);
  expect(reached).toEqual(['throws', 'adds', 'x', 'added']);
  for (const name of ['closes', 'y']) queue.add(item(name));
  clock.advance(20);
  expect(reached).toEqual(['throws', 'adds', 'x', 'added', 'closes']);
  expect(clock.timerCount).toBe(0);
});
