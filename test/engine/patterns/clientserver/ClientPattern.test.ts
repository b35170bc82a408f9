import { describe, expect, it } from 'vitest';
import { ClientPattern } from '../../../../src/engine/patterns/clientserver/ClientPattern.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe, texts } from '../FakePipe.js';

describe('ClientPattern', () => {
  it('sends messages of one part to servers in turns and receives from them in turns', () => {
    const pattern = new ClientPattern(new FakeHost(), {});
    const [a, b] = [new FakePipe(), new FakePipe()];
    a.open(pattern);
    b.open(pattern);
    for (const text of ['0', '1', '2']) pattern.send([bytes(text)], false);
    expect([a.sent, b.sent]).toEqual([[['0'], ['2']], [['1']]]);
    a.deliver('a0');
    a.deliver('a1');
    b.deliver('b0');
    expect([1, 2, 3, 4].map(() => texts(pattern.receive(false)))).toEqual([['a0'], ['b0'], ['a1'], undefined]);
    expect(pattern.from).toBe(a);
  });

  it('sends no message of several parts', () => {
    const pattern = new ClientPattern(new FakeHost(), {});
    const peer = new FakePipe();
    peer.open(pattern);
    expect(() => pattern.send([bytes('a'), bytes('b')], false)).toThrow('a message is one part here, not 2 parts');
    expect(peer.sent).toEqual([]);
  });

  it('drops one that arrives, and keeps the connection', () => {
    const host = new FakeHost();
    const pattern = new ClientPattern(host, {});
    const peer = new FakePipe();
    peer.open(pattern);
    peer.deliver('a', 'b');
    peer.deliver('c');
    expect(texts(pattern.receive(false))).toEqual(['c']);
    expect(host.dropCount).toBe(1);
    expect(peer.refusals).toEqual([]);
  });
});
