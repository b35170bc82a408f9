import { expect, it } from 'vitest';
import { type Linked, LinkedQueue } from '../../src/basics/LinkedQueue.js';
import { Random } from '../helpers/Random.js';

interface Item extends Linked<Item> {
  readonly name: number;
}

const item = (name: number): Item => ({ name });

it('gives what was put in, in its order, without what was taken out from anywhere', () => {
  const random = new Random(7);
  const queue = new LinkedQueue<Item>();
  let expected: Item[] = [];
  for (let i = 0; i < 5000; i += 1) {
    const place = random.below(expected.length + 1);
    const chosen = expected[place];
    if (chosen === undefined || random.below(3) > 0) {
      const added = item(i);
      queue.push(added);
      expected.push(added);
    } else {
      expect(queue.delete(chosen)).toBe(true);
      expected = expected.filter((other) => other !== chosen);
      expect([queue.has(chosen), queue.delete(chosen)]).toEqual([false, false]);
    }
    expect([queue.first, queue.size]).toEqual([expected[0], expected.length]);
  }
  expect([...queue]).toEqual(expected);
  expect(queue.clear()).toEqual(expected);
  expect([queue.first, queue.size, [...queue]]).toEqual([undefined, 0, []]);
});

it('takes again what was taken out, at its end', () => {
  const queue = new LinkedQueue<Item>();
  const [a, b] = [item(1), item(2)];
  queue.push(a);
  queue.push(b);
  queue.delete(a);
  queue.push(a);
  expect([...queue]).toEqual([b, a]);
});
