import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SubscriberCount } from '../../src/native/SubscriberCount.js';

const message = (on: boolean, topic: string): Uint8Array => Buffer.from(`${on ? '\x01' : '\x00'}${topic}`);

describe('SubscriberCount', () => {
  it('bounds the number of subscribers from below and above', () => {
    const count = new SubscriberCount();
    count.update(message(true, 'a'));
    count.update(message(true, 'b'));
    expect([count.least, count.most(1), count.most(5)]).toEqual([1, 1, 2]);
    count.update(message(true, 'a'));
    expect([count.least, count.most(2), count.most(5)]).toEqual([2, 2, 3]);
    count.update(message(false, 'a'));
    count.update(message(false, 'b'));
    expect([count.least, count.most(5)]).toEqual([1, 1]);
    count.update(message(false, 'a'));
    expect([count.least, count.most(5)]).toEqual([0, 0]);
  });

  it('takes no message of a peer for a subscription, and no end for one it does not know', () => {
    const count = new SubscriberCount();
    count.update(Uint8Array.of(2, 1));
    count.update(new Uint8Array());
    count.update(message(false, 'a'));
    expect([count.least, count.most(9)]).toEqual([0, 0]);
  });

  it('holds the truth between its bounds, for any connections and topics', () => {
    const change = fc.record({ connection: fc.nat(4), topic: fc.constantFrom('', 'a', 'b', 'ab'), on: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const count = new SubscriberCount();
        const held = new Map<number, Set<string>>();
        for (const { connection, topic, on } of changes) {
          const topics = held.get(connection) ?? new Set();
          held.set(connection, topics);
          if (topics.has(topic) === on) continue;
          if (on) topics.add(topic);
          else topics.delete(topic);
          count.update(message(on, topic));
          const truth = [...held.values()].filter(({ size }) => size > 0).length;
          expect(count.least).toBeLessThanOrEqual(truth);
          expect(count.most(held.size)).toBeGreaterThanOrEqual(truth);
        }
      }),
    );
  });
});
