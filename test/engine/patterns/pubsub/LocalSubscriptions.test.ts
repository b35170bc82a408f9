import { describe, expect, it } from 'vitest';
import { LocalSubscriptions } from '../../../../src/engine/patterns/pubsub/LocalSubscriptions.js';
import { FewSubscriptions } from '../../../../src/engine/patterns/pubsub/FewSubscriptions.js';
import { bytes, text } from '../FakePipe.js';

/** What libzmq's unittest_radix_tree asserts of the same thing, and a little more. */
describe.each([LocalSubscriptions, FewSubscriptions])('$name', (Subscriptions) => {
  const made = (...topics: string[]) => {
    const local = new Subscriptions();
    for (const topic of topics) local.add(bytes(topic));
    return local;
  };

  it('tells the first of each topic from the others', () => {
    const local = new Subscriptions();
    expect([local.add(bytes('test')), local.add(bytes('test')), local.add(bytes('tes'))]).toEqual([true, false, true]);
    expect(local.size).toBe(2);
  });

  it('tells the last end of each topic from the others', () => {
    const local = made('test', 'test');
    expect([0, 1, 2].map(() => local.remove(bytes('test')))).toEqual([false, true, false]);
    expect(local.size).toBe(0);
  });

  it('removes nothing that is not there', () => {
    expect(made().remove(bytes('test'))).toBe(false);
    expect(made('checkpoint', 'checklist').remove(bytes('check'))).toBe(false);
    expect(made('checkpoint', 'checklist', 'check').remove(bytes('check'))).toBe(true);
    expect(made('').remove(bytes(''))).toBe(true);
  });

  it('matches what starts with a topic', () => {
    expect(made().matches(bytes('foo'))).toBe(false);
    expect(made('entry').matches(bytes('entry'))).toBe(true);
    expect(made('introduce', 'introspect').matches(bytes('intro'))).toBe(false);
    for (const query of ['toast', 'toaste', 'toaster']) expect(made('toasted').matches(bytes(query))).toBe(false);
    expect(made('red').matches(bytes('blue'))).toBe(false);
    expect(made('foo').matches(bytes('foobar'))).toBe(true);
    expect(made('').matches(bytes('all queries return true'))).toBe(true);
    expect(made('').matches(bytes(''))).toBe(true);
  });

  it('has whole topics only', () => {
    const local = made('foo');
    expect(['fo', 'foo', 'foobar'].map((topic) => local.has(bytes(topic)))).toEqual([false, true, false]);
  });

  it('goes through each topic once', () => {
    const topics = ['tester', 'water', 'slow', 'slower', 'test', 'team', 'toast', '', '\0\xff'];
    const local = made(...topics, ...topics);
    const seen: string[] = [];
    local.forEach((topic) => seen.push(text(topic)));
    expect(seen.sort()).toEqual([...topics].sort());
    for (const topic of topics) expect(local.remove(bytes(topic))).toBe(false);
    expect(local.size).toBe(topics.length);
    for (const topic of topics) expect(local.remove(bytes(topic))).toBe(true);
    expect(local.size).toBe(0);
  });

  it('keeps a copy', () => {
    const topic = bytes('abc');
    const local = new Subscriptions();
    local.add(topic);
    topic.fill(0);
    expect(local.has(bytes('abc'))).toBe(true);
  });
});
