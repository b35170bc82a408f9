import { expect, it } from 'vitest';
import { RoutingIdFilter } from '../../../src/savant/rules/RoutingIdFilter.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function filterOf(capacity: number): (topic: string, id: string) => boolean {
  const filter = new RoutingIdFilter(capacity);
  return (topic, id) => filter.allows(bytes(topic), bytes(id));
}

it('lets the newest sender of each topic through, and the one before no more', () => {
  const allows = filterOf(2);
  for (const topic of ['one', 'two']) {
    expect(allows(topic, 'A')).toBe(true);
    expect(allows(topic, 'B')).toBe(true);
    expect(allows(topic, 'A')).toBe(false);
    expect(allows(topic, 'B')).toBe(true);
  }
});

it('one sender may have several topics, and lose one', () => {
  const allows = filterOf(10);
  expect(allows('one', 'A')).toBe(true);
  expect(allows('two', 'A')).toBe(true);
  expect(allows('one', 'B')).toBe(true);
  expect(allows('two', 'A')).toBe(true);
  expect(allows('one', 'A')).toBe(false);
});

it('forgets the one that was replaced longest ago; asking for it does not make it newer', () => {
  const allows = filterOf(2);
  for (const id of ['A', 'B', 'C']) expect(allows('one', id)).toBe(true); // A and B are replaced
  expect(allows('one', 'A')).toBe(false);
  expect(allows('one', 'D')).toBe(true); // C is replaced, A forgotten
  expect(allows('one', 'B')).toBe(false);
  expect(allows('one', 'A')).toBe(true);
});

it('tells senders apart whose ids are of other lengths', () => {
  const allows = filterOf(10);
  expect(allows('xa', 'b')).toBe(true);
  expect(allows('xa', 'bb')).toBe(true);
  expect(allows('xa', 'b')).toBe(false);
  expect(allows('a', 'bx')).toBe(true);
  expect(allows('xa', 'bb')).toBe(true);
});

it('does not mind that the memory of a message is used again', () => {
  const filter = new RoutingIdFilter(10);
  const topic = bytes('one');
  const id = bytes('A');
  expect(filter.allows(topic, id)).toBe(true);
  id.set(bytes('B'));
  expect(filter.allows(topic, id)).toBe(true);
  id.set(bytes('A'));
  expect(filter.allows(topic, id)).toBe(false);
});
